"""The kitchen sheet (配料单) of a meal: what each dish needs for those who eat, and what to fetch in all.

Practice 10 (blank pre-filled forms for a power cut), 17 (choice groups by their expected shares) and 20 (by
heads and by tables of so many).
"""

from collections.abc import Iterator, Mapping, Sequence

from canteen.kit.paper import A4, A4_LANDSCAPE, Column, Ledger, Signed
from canteen.kit.texts import _, say
from menus.weeks.forms import grams_text
from menus.weeks.forms.papers import KitchenForm
from menus.weeks.paper.words import (
    band_word,
    choice_word,
    day_word,
    in_brackets,
    kilograms,
    kind_word,
    meal_word,
    window_word,
)
from menus.weeks.rules import Age, Dish
from menus.weeks.rules.kitchen import Need, needs_of, totals_of
from menus.weeks.services.papers import KitchenFacts

TITLE, BLANK_TITLE = _("Kitchen sheet"), _("Kitchen sheet, to be filled in by hand")
TICK = "□"
BLANK_ROW_MM = 9.0
BLANK_ROWS = 3
MOST_FIGURES = 7  # columns of figures that an upright sheet holds


def kitchen_sheet(
    facts: KitchenFacts, lang: str, chosen: KitchenForm, signed: Signed | None = None
) -> Ledger:
    """The meal as a ledger with signature boxes; one that is not published says 草稿 in its title."""
    columns = list(_columns(facts, lang, chosen))
    return Ledger(
        title=_title(facts, lang, chosen),
        school=facts.school,
        period=_period(facts, lang),
        meta=list(_meta(facts, lang, chosen)),
        columns=columns,
        rows=[*_dish_rows(facts, lang, chosen), *_total_rows(facts, lang, chosen, len(columns))],
        notices=[say(lang, _("Raw weights as bought, before peeling and boning."))],
        signatures=[say(lang, title) for title in (_("Drawn up by"), _("Head cook"), _("Storekeeper"))],
        blank_rows=BLANK_ROWS if chosen.blank else 0,
        row_mm=BLANK_ROW_MM if chosen.blank else 0.0,
        sheet=A4_LANDSCAPE if _figure_count(facts, chosen) > MOST_FIGURES else A4,
        print=signed,
        lang=lang,
    )


def kitchen_title(facts: KitchenFacts) -> str:
    """How the register of prints calls it, in the school's language."""
    lang = "zh_CN"
    return f"{say(lang, TITLE)} {day_word(facts.meal.day, lang)} {meal_word(facts.meal.name, lang)}"


def planned(facts: KitchenFacts) -> list[Dish]:
    """The dishes that are cooked."""
    return [dish.value for dish in facts.meal.dishes if dish.planned]


def bands_of(facts: KitchenFacts) -> list[Age]:
    """The bands that eat of this menu; its own when nobody has counted."""
    return list(facts.heads) or [facts.head.age]


def _period(facts: KitchenFacts, lang: str) -> str:
    """`周一 9月7日　午餐 11:30–13:30`."""
    served = f" {window_word(facts.window)}" if facts.window else ""
    return f"{day_word(facts.meal.day, lang)}　{meal_word(facts.meal.name, lang)}{served}"


def _title(facts: KitchenFacts, lang: str, chosen: KitchenForm) -> str:
    title = say(lang, BLANK_TITLE if chosen.blank else TITLE)
    return title if facts.public else say(lang, _("[DRAFT] {title}"), title=title)


def _meta(facts: KitchenFacts, lang: str, chosen: KitchenForm) -> Iterator[str]:
    if not facts.heads or chosen.blank:
        yield say(lang, _("Heads: ________"))
    if not facts.heads:
        return
    if not chosen.blank:
        parts = [f"{band_word(band, lang)} {count}" for band, count in facts.heads.items()]
        yield say(lang, _("Heads: {total} ({parts})"), total=sum(facts.heads.values()), parts=parts)
    if chosen.tables:
        count = sum(-(-heads // chosen.tables) for heads in facts.heads.values())
        yield say(lang, _("{count} tables of {seats}"), count=count, seats=chosen.tables)


def _columns(facts: KitchenFacts, lang: str, chosen: KitchenForm) -> Iterator[Column]:
    yield Column(say(lang, _("Dish and cooking")), 2.2, merged=True)
    yield Column(say(lang, _("Ingredient")), 1.7)
    bands = bands_of(facts)
    for band in bands:
        group = band_word(band, lang) if len(bands) > 1 or chosen.tables else ""
        yield Column(say(lang, _("g a head")), 0.9, "right", group)
        if chosen.tables:
            yield Column(say(lang, _("g a table")), 0.95, "right", group)
    yield Column(say(lang, _("In all (kg)")), 1.3, "right")
    yield Column(say(lang, _("Fetched")), 0.7, "centre")
    yield Column(say(lang, _("Cooked")), 0.7, "centre")


def _dish_rows(facts: KitchenFacts, lang: str, chosen: KitchenForm) -> Iterator[list[str]]:
    for dish in planned(facts):
        needs = needs_of(dish, facts.head.age, facts.heads)
        for place, need in enumerate(needs):
            name = _named(dish, lang) if place == 0 else ""
            yield [name, need.name, *_figures(facts, dish, need, chosen), TICK, TICK]
        if not needs:
            yield [_named(dish, lang), *[""] * (1 + _figure_count(facts, chosen)), TICK, TICK]


def _named(dish: Dish, lang: str) -> str:
    """The dish with its kind, way of cooking and expected share."""
    return f"{dish.name}{in_brackets((kind_word(dish, lang), dish.method, choice_word(dish, lang)), lang)}"


def _figures(facts: KitchenFacts, dish: Dish, need: Need, chosen: KitchenForm) -> list[str]:
    if chosen.blank:
        return [""] * _figure_count(facts, chosen)
    figures = []
    for band in bands_of(facts):
        figures.append(grams_text(need.each[band]))
        if chosen.tables:
            figures.append(f"{need.each[band] * chosen.tables * dish.share / 1000:.0f}")
    return [*figures, kilograms(need.total) if facts.heads else ""]


def _figure_count(facts: KitchenFacts, chosen: KitchenForm) -> int:
    return len(bands_of(facts)) * (2 if chosen.tables else 1) + 1


def _total_rows(facts: KitchenFacts, lang: str, chosen: KitchenForm, columns: int) -> Iterator[Sequence[str]]:
    """What the storekeeper hands out for the meal, each ingredient once."""
    if chosen.blank:
        return
    totals: Mapping[str, int] = totals_of(planned(facts), facts.head.age, facts.heads)
    free = [""] * (columns - 5)
    for place, (name, milligrams) in enumerate(totals.items()):
        first = say(lang, _("To hand out for the meal")) if place == 0 else ""
        yield [first, name, *free, kilograms(milligrams) if facts.heads else "", TICK, ""]
