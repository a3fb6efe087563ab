"""A stored week as values, in six queries however many weeks there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from canteen.kit.problems import Missing
from menus.dishes.rules import WATER, Cost
from menus.foods.rules import Food, FoodTable, normalised
from menus.foods.services import table_of
from menus.weeks.rules import Age, Dish, Ingredient, Kind, Meal, MealName, Week, food_named, size_of
from menus.weeks.rules.states import ServingStatus, State
from menus.weeks.tables import MenuMeal, Portion, Serving, VagueName

Row = Mapping[str, Any]
Grouped = dict[int, list[Row]]
Prices = Mapping[str, int]
NO_PRICES: Prices = MappingProxyType({})
MILLIGRAMS_PER_KG = 1_000_000
MEAL_AND_WEEK = (*MenuMeal.all_columns(exclude=[MenuMeal.week]), *MenuMeal.week.all_columns())
LINE = (Portion.week, Portion.serving, Portion.position, Portion.name, Portion.food_code, Portion.milligrams)


@dataclass(frozen=True, slots=True)
class WeekHead:
    """A week without its meals: whose it is, where it stands, who signed and why (tables.Menu)."""

    id: int
    canteen: int | None
    first_day: date
    age: Age
    audience: str
    state: State
    version: int
    error_count: int
    warning_count: int
    created_by: int | None
    created_at: datetime
    checked_by: int | None
    checked_at: datetime | None
    sent_back_reason: str
    approved_by: int | None
    approved_at: datetime | None
    approval_reason: str
    approved_errors: int
    published_by: int | None
    published_at: datetime | None
    origin_school: int | None
    origin_id: int | None
    name: str = ""

    @property
    def in_library(self) -> bool:
        """Whether no canteen cooks it: a menu that a district keeps to give to its schools."""
        return self.canteen is None


@dataclass(frozen=True, slots=True)
class SheetDish:
    """A dish on a meal: the value the rules judge, and how it stands on the board.

    `typed` are the ingredients as typed with raw milligrams per head.
    """

    id: int
    position: int
    value: Dish
    typed: tuple[tuple[str, int], ...]
    recipe: int | None
    status: ServingStatus
    reason: str
    replaces: int | None

    @property
    def planned(self) -> bool:
        """Whether it is served."""
        return self.status is ServingStatus.PLANNED

    @property
    def cost(self) -> Cost | None:
        """The known cost of a helping; None while no price is known."""
        fen = self.value.cost_fen
        return None if fen is None else Cost(fen, self.value.unpriced)

    @property
    def adjusted(self) -> bool:
        """Whether it came or went after publication."""
        return not self.planned or self.replaces is not None


@dataclass(frozen=True, slots=True)
class SheetMeal:
    """A meal as stored: every dish in order, those that were replaced or not cooked too."""

    id: int
    day: date
    name: MealName
    version: int
    served_at: datetime | None
    dishes: tuple[SheetDish, ...]

    @property
    def value(self) -> Meal:
        """What the meal offers now."""
        return Meal(self.day, self.name, tuple(dish.value for dish in self.dishes if dish.planned))

    @property
    def adjusted(self) -> bool:
        """Whether it was changed after publication: the poster shows 已调整."""
        return any(dish.adjusted for dish in self.dishes)


@dataclass(frozen=True, slots=True)
class WeekSheet:
    """The whole week: names, grams, kinds, foods with their nutrients and allergens."""

    head: WeekHead
    meals: tuple[SheetMeal, ...]

    @property
    def filled(self) -> tuple[SheetMeal, ...]:
        """The meals that offer something: those that the rules judge."""
        return tuple(meal for meal in self.meals if any(dish.planned for dish in meal.dishes))

    @property
    def week(self) -> Week:
        """The week as the rules judge it."""
        return Week(tuple(meal.value for meal in self.filled))

    @property
    def days(self) -> list[date]:
        """The days that have meals, in order."""
        return sorted({meal.day for meal in self.meals})

    def meal(self, id_: int) -> SheetMeal:
        """One meal. Raises Missing."""
        return next((meal for meal in self.meals if meal.id == id_), None) or _missing()

    def dish(self, id_: int) -> tuple[SheetMeal, SheetDish]:
        """One dish and its meal. Raises Missing."""
        found = ((meal, dish) for meal in self.meals for dish in meal.dishes if dish.id == id_)
        return next(found, None) or _missing()


def _missing() -> Any:
    raise Missing


@dataclass(frozen=True, slots=True)
class Larder:
    """What names mean in this school: its food table, its answers for vague names, its prices by code."""

    foods: FoodTable
    answers: Mapping[str, str | None]
    prices: Prices = field(default_factory=dict)
    _met: dict[tuple[str, str | None], tuple[str, Food | None]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def at(self, prices: Prices) -> "Larder":
        """The same at other prices; what a name means is looked up once for both."""
        return replace(self, prices=prices)

    def ingredient(self, name: str, milligrams: int, code: str | None = None) -> Ingredient:
        """An ingredient as the rules judge it; a vague name by what the school means by it."""
        met = self._met.get((name, code))
        if met is None:  # a week names the same food again and again
            met = self._met[name, code] = self._meant(name, code)
        return Ingredient(met[0], milligrams, met[1])

    def _meant(self, name: str, code: str | None) -> tuple[str, Food | None]:
        food = self.foods.get(code) if code else None
        answer = self.answers.get(normalised(name))
        if food is None and answer and (food := self.foods.get(answer)):
            return food.name, food
        return name, food or food_named(name, self.foods)

    def open(self, name: str) -> bool:
        """Whether the school leaves this name open until goods-in."""
        return self.answers.get(normalised(name), "") is None

    def fen(self, food: Food | None, milligrams: int) -> float | None:
        """What so much of a food costs; None when nobody has typed its price."""
        price = self.prices.get(food.code) if food else None
        return None if price is None else price * milligrams / MILLIGRAMS_PER_KG

    def cost(self, ingredients: Iterable[Ingredient]) -> tuple[int | None, tuple[str, ...]]:
        """Fen of what has a price (None: nothing has), and the names of what has none; water is free."""
        costs = [(i.name, self.fen(i.food, i.milligrams)) for i in ingredients if i.known_name != WATER]
        known = [fen for _name, fen in costs if fen is not None]
        unpriced = tuple(dict.fromkeys(name for name, fen in costs if fen is None))
        return (round(sum(known)) if known else None), unpriced


async def larder_of(school: int, prices: Prices = NO_PRICES) -> Larder:
    """What names mean in this school (three small queries)."""
    rows = await VagueName.select(VagueName.spelling, VagueName.food_code).where(VagueName.school == school)
    return Larder(await table_of(school), {r["spelling"]: r["food_code"] for r in rows}, prices)


async def week_sheet(school: int, week: int) -> WeekSheet:
    """The whole week as values, in six queries. Raises Missing."""
    return await sheet_with(school, week, await larder_of(school))


async def sheet_with(school: int, week: int, larder: Larder) -> WeekSheet:
    """The same with a larder that is at hand already (three queries more). Raises Missing."""
    meals = await _meal_rows(school, week)
    return await _filled(school, head_of(meals[0]), meals, larder)


async def sheets_under(school: int, larders: Mapping[WeekHead, Larder]) -> list[WeekSheet]:
    """Several weeks whose heads are at hand too, each with its larder (three queries more for all)."""
    ids = [head.id for head in larders]
    meals, servings, portions = await _rows_of(school, ids)
    return [
        built(head, meals.get(head.id, []), servings.get(head.id, []), portions.get(head.id, []), larder)
        for head, larder in larders.items()
    ]


async def _rows_of(school: int, weeks: list[int]) -> tuple[Grouped, Grouped, Grouped]:
    """The meals, servings and portions of these weeks, by week."""
    meals = await MenuMeal.select().where((MenuMeal.school == school) & MenuMeal.week.is_in(weeks))
    servings = await Serving.select().where((Serving.school == school) & Serving.week.is_in(weeks))
    portions = await Portion.select(*LINE).where((Portion.school == school) & Portion.week.is_in(weeks))
    return _grouped(meals, "week"), _grouped(servings, "week"), _grouped(portions, "week")


async def _meal_rows(school: int, week: int) -> list[dict[str, Any]]:
    """The week's meals, each row with the week's own columns (a week has at least one meal)."""
    rows: list[dict[str, Any]] = await MenuMeal.select(*MEAL_AND_WEEK).where(
        (MenuMeal.school == school) & (MenuMeal.week == week)
    )
    return rows or _missing()


async def _filled(school: int, head: WeekHead, meals: list[Any], larder: Larder) -> WeekSheet:
    servings = await Serving.select().where((Serving.school == school) & (Serving.week == head.id))
    portions = await Portion.select(*LINE).where((Portion.school == school) & (Portion.week == head.id))
    return built(head, meals, servings, portions, larder)


def built(
    head: WeekHead, meals: list[Any], servings: list[Any], portions: list[Any], larder: Larder
) -> WeekSheet:
    """The rows of one week put together."""
    lines = _grouped(sorted(portions, key=lambda row: row["position"]), "serving")
    dishes = _grouped(sorted(servings, key=lambda row: (row["position"], row["id"])), "meal")
    made = [_meal(row, dishes.get(row["id"], ()), lines, larder) for row in meals]
    order = list(MealName)
    return WeekSheet(head, tuple(sorted(made, key=lambda m: (m.day, order.index(m.name)))))


def _grouped(rows: Iterable[Row], key: str) -> Grouped:
    groups: Grouped = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups


def head_of(row: Row) -> WeekHead:
    """A row of menus_week, or of a join with it, as a head."""
    values = {name: row.get(f"week.{name}", row.get(name)) for name in WeekHead.__slots__}
    return WeekHead(**{**values, "age": Age(values["age"]), "state": State(values["state"])})


def _meal(row: Row, servings: Iterable[Row], lines: Mapping[int, list[Row]], larder: Larder) -> SheetMeal:
    dishes = tuple(_dish(serving, lines.get(serving["id"], []), larder) for serving in servings)
    name = MealName(row["meal"])
    return SheetMeal(row["id"], row["day"], name, row["version"], row["served_at"], dishes)


def _dish(row: Row, lines: list[Row], larder: Larder) -> SheetDish:
    ingredients = tuple(larder.ingredient(x["name"], x["milligrams"], x["food_code"]) for x in lines)
    cost_fen, unpriced = larder.cost(ingredients)
    value = Dish(
        name=row["name"],
        kind=Kind(row["kind"]),
        ingredients=ingredients,
        label=row["label"],
        size=size_of(row["label"]),
        method=row["method"],
        choice=row["choice_group"],
        share=row["expected_permille"] / 1000,
        cost_fen=cost_fen,
        unpriced=unpriced,
    )
    return SheetDish(
        id=row["id"],
        position=row["position"],
        value=value,
        typed=tuple((line["name"], line["milligrams"]) for line in lines),
        recipe=row["dish"],
        status=ServingStatus(row["status"]),
        reason=row["reason"],
        replaces=row["replaces"],
    )
