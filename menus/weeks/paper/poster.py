"""The week for the wall (带量食谱公示): dishes with raw grams per head, nutrition, what was changed and why.

WS/T 554-2017 defines 带量食谱: for each meal the foods, the ingredients with their amounts, the time of the
meal and the way of cooking; practice.md 17a and 19 ask for the principal's reason and for 已调整 and 未供应.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from canteen.kit.clock import local_day
from canteen.kit.paper import A3_LANDSCAPE, A4_LANDSCAPE, Poster, Sheet, Signed
from canteen.kit.paper import Dish as Printed
from canteen.kit.texts import _, say
from menus.weeks.paper.nutrition import day_figures, lacking, week_figures
from menus.weeks.paper.words import (
    allergens_of,
    band_word,
    choice_word,
    day_word,
    in_brackets,
    joined,
    kind_word,
    meal_word,
    weight,
)
from menus.weeks.rules import MealName
from menus.weeks.rules.states import ServingStatus
from menus.weeks.services.changes import Changed
from menus.weeks.services.papers import PosterFacts
from menus.weeks.services.sheet import SheetDish, SheetMeal, WeekHead
from menus.weeks.services.times import windows_of

SIZES: dict[str, Sheet] = {"a4": A4_LANDSCAPE, "a3": A3_LANDSCAPE}
MOST_NAMES = 12


def poster(
    facts: PosterFacts, lang: str, sheet: Sheet = A4_LANDSCAPE, signed: Signed | None = None
) -> Poster:
    """The week as a poster; one that is not published says 草稿 in its title."""
    rows = [name for name in MealName if any(meal.name is name for meal in facts.board.sheet.meals)]
    days = facts.board.sheet.days
    cells = [[_cell(facts, day, name, lang) for day in days] for name in rows]
    return Poster(
        title=_title(facts, lang),
        school=facts.school,
        period=f"{eaters(facts.head, lang)}　{span(facts.head.first_day, days, lang)}",
        days=[day_word(day, lang) for day in days],
        meals=[*(_meal(facts, name, lang) for name in rows), say(lang, _("Nutrition"))],
        cells=[*cells, [_nutrition(facts, day, lang) for day in days]],
        notices=list(_notices(facts, lang)),
        sheet=sheet,
        print=signed,
        lang=lang,
    )


def poster_title(facts: PosterFacts) -> str:
    """How the register of prints calls it, in the school's language."""
    period = span(facts.head.first_day, facts.board.sheet.days, "zh_CN")
    return f"{say('zh_CN', TITLE)} {period} {eaters(facts.head, 'zh_CN')}"


def span(first_day: date, days: list[date], lang: str) -> str:
    """`2025年11月10日～11月14日`."""
    first, last = (days[0], days[-1]) if days else (first_day, first_day + timedelta(days=4))
    return say(lang, _("{year}: {first} to {last}"), year=first.year, first=first, last=last)


def eaters(head: WeekHead, lang: str) -> str:
    """Whom the menu is for: `四至六年级（9～11岁）`, the age band alone when nothing is said."""
    band = band_word(head.age, lang)
    return f"{head.audience}{in_brackets([band], lang)}" if head.audience else band


TITLE = _("Menu of the week with amounts")


def _title(facts: PosterFacts, lang: str) -> str:
    title = say(lang, TITLE)
    return title if facts.public else say(lang, _("[DRAFT] {title}"), title=title)


def _meal(facts: PosterFacts, name: MealName, lang: str) -> str:
    """The meal and when it is served, in lines: `午餐`, `11:30–`, `13:30`."""
    days = [meal.day for meal in facts.board.sheet.meals if meal.name is name]
    times = (line for w in windows_of(name, days, facts.windows) for line in (f"{w.first}–", w.last))
    return "\n".join([meal_word(name, lang), *times])


def _cell(facts: PosterFacts, day: date, name: MealName, lang: str) -> list[Printed]:
    found = (m for m in facts.board.sheet.meals if m.day == day and m.name is name)
    meal = next(found, None)
    return list(_dishes(meal, lang)) if meal and meal.dishes else [Printed("", "—")]


def _dishes(meal: SheetMeal, lang: str) -> Iterator[Printed]:
    """What is offered and what was not cooked; a dish that another came for stands in the notes."""
    for dish in meal.dishes:
        if dish.status is ServingStatus.NOT_SERVED:
            yield Printed(say(lang, _("{dish} [not served]"), dish=dish.value.name))
        elif dish.planned:
            yield _dish(dish, lang)


def _dish(dish: SheetDish, lang: str) -> Printed:
    value = dish.value
    name = say(lang, _("{dish} [changed]"), dish=value.name) if dish.replaces else value.name
    amounts = " ".join(f"{i.name}{weight(i.milligrams)}" for i in value.ingredients)
    cooked = in_brackets((kind_word(value, lang), value.method, choice_word(value, lang)), lang)
    allergens = allergens_of(value, lang)
    tags = (say(lang, _("contains {allergens}"), allergens=allergens),) if allergens else ()
    return Printed(name, amounts + cooked, tags)


def _nutrition(facts: PosterFacts, day: date, lang: str) -> list[Printed]:
    judged = next((one for one in facts.board.verdict.days if one.day == day), None)
    figures = day_figures(facts.board.verdict, judged) if judged else []
    return [Printed("", "\n".join(figure.text(lang) for figure in figures) or "—")]


def _notices(facts: PosterFacts, lang: str) -> Iterator[str]:
    yield say(lang, _("Under each dish: raw weight per head as bought, kind and cooking, allergens."))
    if figures := week_figures(facts.board.verdict):
        yield _mean([figure.judged(lang) for figure in figures], lang)
    yield from _incomplete(facts, lang)
    yield from (_change(change, lang) for change in facts.changes)
    yield from _approval(facts, lang)
    yield "　　".join([*_hands(facts, lang), say(lang, _("Complaints and reports: call 12315"))])


def _mean(figures: list[str], lang: str) -> str:
    message = _("Mean of the week per head and day against WS/T 554-2017: {figures}")
    return say(lang, message, figures="；".join(figures) if lang == "zh_CN" else "; ".join(figures))


def _incomplete(facts: PosterFacts, lang: str) -> Iterator[str]:
    if names := lacking(facts.board.verdict):
        shown = joined(names[:MOST_NAMES], lang) + ("……" if len(names) > MOST_NAMES else "")
        message = _("* Incomplete: figures are unknown for {foods}. The true values are higher.")
        yield say(lang, message, foods=shown)


def _change(change: Changed, lang: str) -> str:
    """`已调整 11月12日午餐：土豆牛肉改为土豆鸡块（牛肉未到货）`."""
    place = {"day": change.day, "meal": meal_word(change.meal, lang), "dish": change.dish}
    if change.instead:
        message = _("Changed, {day} {meal}: {instead} instead of {dish}. Reason: {reason}")
        return say(lang, message, **place, instead=change.instead, reason=change.reason)
    return say(lang, _("Not served, {day} {meal}: {dish}. Reason: {reason}"), **place, reason=change.reason)


def _approval(facts: PosterFacts, lang: str) -> Iterator[str]:
    head = facts.head
    if head.approved_at and head.approved_errors:
        message = _("Not all rules are kept ({errors}); approved with the principal's reason: {reason}")
        yield say(lang, message, errors=head.approved_errors, reason=head.approval_reason)


def _hands(facts: PosterFacts, lang: str) -> Iterator[str]:
    """Who planned, approved and published it, and when."""
    head, names = facts.head, facts.names
    for message, person, moment in (
        (_("Planned by {name}, {date}"), head.created_by, head.created_at),
        (_("Approved by {name}, {date}"), head.approved_by, head.approved_at),
        (_("Published by {name}, {date}"), head.published_by, head.published_at),
    ):
        if moment is not None:
            name = names.get(person or 0, "—")
            yield say(lang, message, name=name, date=local_day(moment).isoformat())
