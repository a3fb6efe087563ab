"""One food, and the vocabulary of its coded columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from canteen.kit.texts import _

GROUPS: Mapping[str, str] = {
    "cereal": _("Cereals"),
    "tuber": _("Tubers and starches"),
    "legume_dry": _("Dried pulses"),
    "soy": _("Soy products"),
    "vegetable": _("Vegetables"),
    "mushroom": _("Mushrooms"),
    "seaweed": _("Seaweeds"),
    "fruit": _("Fruit"),
    "nut": _("Nuts and seeds"),
    "livestock": _("Livestock meat"),
    "poultry": _("Poultry"),
    "aquatic": _("Fish and seafood"),
    "egg": _("Eggs"),
    "dairy": _("Milk and dairy"),
    "oil": _("Oils and fats"),
    "sugar": _("Sugars"),
    "salt": _("Salt"),
    "condiment": _("Condiments"),
    "bakery": _("Bakery goods"),
    "other": _("Other foods"),
}
ANIMAL: Mapping[str, str] = {"1": _("Counts as meat"), "egg": _("Egg"), "0": _("Not meat")}
ALLERGENS: Mapping[str, str] = {
    "gluten": _("Cereals with gluten"),
    "crustacean": _("Crustaceans"),
    "fish": _("Fish"),
    "egg": _("Eggs"),
    "peanut": _("Peanuts"),
    "soy": _("Soybeans"),
    "milk": _("Cow's milk"),
    "nut": _("Tree nuts"),
    "sesame": _("Sesame"),
    "mollusc": _("Molluscs"),
}
BANNED: Mapping[str, str] = {
    "ban": _("Must not be used in a school canteen"),
    "risk": _("High-risk, needs special care"),
    "": "",
}
MATCHES: Mapping[str, str] = {
    "exact": _("Same food"),
    "close": _("Near relative or other form"),
    "proxy": _("Stand-in or computed"),
    "own": _("The school's own figures"),
}
NUTRIENTS: Mapping[str, str] = {
    "energy_kcal": _("Energy (kcal)"),
    "protein_g": _("Protein (g)"),
    "fat_g": _("Fat (g)"),
    "carbohydrate_g": _("Carbohydrate (g)"),
    "fiber_g": _("Dietary fibre (g)"),
    "calcium_mg": _("Calcium (mg)"),
    "iron_mg": _("Iron (mg)"),
    "zinc_mg": _("Zinc (mg)"),
    "sodium_mg": _("Sodium (mg)"),
    "vitamin_a_ug_rae": _("Vitamin A (µg RAE)"),
    "vitamin_b1_mg": _("Vitamin B1 (mg)"),
    "vitamin_b2_mg": _("Vitamin B2 (mg)"),
    "vitamin_c_mg": _("Vitamin C (mg)"),
    "cholesterol_mg": _("Cholesterol (mg)"),
}


@dataclass(frozen=True, slots=True)
class Food:
    """A food as a menu lists it, raw.

    `nutrients` are per 100 g of the edible part, one figure for each key of NUTRIENTS; None means unknown
    and is never read as zero. `edible_pct` is the edible share of the raw weight. `animal` is "1" for what
    counts as meat, "egg", or "0". `banned` is "ban", "risk" or "". `season` lists months (`3-5;9-11`, `8-3`
    runs over the new year), empty for all year. `source`, `match` and `note` say where the figures come from.

    Worked out once, as every sum asks: `figures` are the nutrients in the order of NUTRIENTS with 0 for what
    is unknown, `unknown` the keys of those, `edible_per_mille` the edible share as a whole number.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    group: str
    animal: str
    edible_pct: float
    nutrients: Mapping[str, float | None] = field(hash=False)
    allergens: frozenset[str] = frozenset()
    season: str = ""
    banned: str = ""
    source: str = ""
    match: str = ""
    note: str = ""
    figures: tuple[float, ...] = field(init=False, repr=False, compare=False)
    unknown: frozenset[str] = field(init=False, repr=False, compare=False)
    edible_per_mille: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put the figures in order."""
        unknown = frozenset(key for key in NUTRIENTS if self.nutrients.get(key) is None)
        object.__setattr__(self, "figures", tuple(self.nutrients.get(key) or 0.0 for key in NUTRIENTS))
        object.__setattr__(self, "unknown", unknown)
        object.__setattr__(self, "edible_per_mille", round(self.edible_pct * 10))

    @property
    def names(self) -> tuple[str, ...]:
        """The usual name first, then the aliases."""
        return (self.name, *self.aliases)
