"""Steps of the deeds on a week: they take the open transaction and leave no trail of their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from piccolo.table import Table

from canteen.kit.actor import Actor, acts_at, refuse_other_canteen
from canteen.kit.clock import monday_of
from canteen.kit.problems import Conflict, Forbidden, Missing, Refused, error, refuse_if
from canteen.kit.texts import _
from canteen.tenants.services import canteen_of, canteens_of
from menus.weeks.forms import DishForm
from menus.weeks.rules import Age, Kind, MealName, kind_of
from menus.weeks.rules.guess import label_for
from menus.weeks.rules.states import ServingStatus, State, edit_findings
from menus.weeks.services.sheet import Larder, larder_of
from menus.weeks.services.verdict import board, head
from menus.weeks.tables import Menu, MenuFile, MenuMeal, Portion, Serving

MOST_ROWS = 500  # a statement on SQLite holds at most 32,766 values
Plan = Mapping[tuple[date, MealName], Sequence[DishForm]]


async def start_week(
    actor: Actor,
    plan: Plan,
    larder: Larder,
    *,
    age: Age,
    audience: str,
    canteen: int | None,
    name: str = "",
    origin: tuple[int, int] | None = None,
    now: datetime,
) -> int:
    """A new draft with these meals. Raises Refused when the week has a menu, or no meal, and Forbidden."""
    refuse_if([] if plan else [error("no_meal", _("A week needs at least one meal."), "meals")])
    first_day, where = monday_of(min(day for day, _meal in plan)), await canteen_for(actor, canteen)
    if where is None:
        await refuse_name(actor.school, name, age)
    await refuse_second(actor.school, where, first_day, age)
    week = Menu(
        school=actor.school,
        canteen=where,
        name=name.strip() if where is None else "",
        first_day=first_day,
        age=age.value,
        audience=audience,
        state=State.DRAFT.value,
        version=1,
        error_count=0,
        warning_count=0,
        created_by=actor.person,
        created_at=now,
        sent_back_reason="",
        approval_reason="",
        approved_errors=0,
        origin_school=origin[0] if origin else None,
        origin_id=origin[1] if origin else None,
    )
    await week.save()
    await put_meals(actor.school, week.id, plan, larder)
    return int(week.id)


async def canteen_for(actor: Actor, canteen: int | None) -> int | None:
    """The canteen named, or the first that the actor may plan for. Raises Missing, Forbidden.

    None at a district or central school: it cooks nothing, and its weeks stand in its library.
    """
    if canteen is not None:
        found = await canteen_of(actor.school, canteen)
        refuse_other_canteen(actor, canteen)
        return int(found.id)
    there = [kitchen.id for kitchen in await canteens_of(actor.school)]
    mine = [id_ for id_ in there if acts_at(actor, id_)]
    if there and not mine:
        raise Forbidden
    return int(mine[0]) if mine else None


async def refuse_name(school: int, name: str, age: Age) -> None:
    """Raises Refused unless the library can have a menu of that name for that age."""
    if not name.strip():
        refuse_if([error("missing", _("This is required."), "name")])
    here = (Menu.school == school) & Menu.canteen.is_null() & (Menu.name == name.strip())
    if await Menu.exists().where(here & (Menu.age == age.value)):
        refuse_if([error("name_taken", _("The library has a menu of this name already."), "name")])


async def refuse_second(school: int, canteen: int | None, first_day: date, age: Age) -> None:
    """Raises Refused when the canteen has a menu of that week for that age."""
    if await standing(school, canteen, first_day, age):
        message = _("There is a menu for the week of {day} already.")
        refuse_if([error("week_taken", message, "day", day=first_day)])


async def standing(school: int, canteen: int | None, first_day: date, age: Age) -> dict[str, Any] | None:
    """The menu of that week, canteen and age: its id and state. A library holds any number for one week."""
    if canteen is None:
        return None
    here = (Menu.school == school) & (Menu.canteen == canteen) & (Menu.first_day == first_day)
    row: dict[str, Any] | None = (
        await Menu.select(Menu.id, Menu.state).where(here & (Menu.age == age.value)).first()
    )
    return row


async def put_meals(school: int, week: int, plan: Plan, larder: Larder) -> None:
    """The meals with their dishes, in a handful of statements."""
    await insert(
        MenuMeal,
        [MenuMeal(school=school, week=week, day=d, meal=m.value, version=1) for d, m in plan],
    )
    rows = await MenuMeal.select(MenuMeal.id, MenuMeal.day, MenuMeal.meal).where(
        (MenuMeal.school == school) & (MenuMeal.week == week)
    )
    ids = {(row["day"], MealName(row["meal"])): row["id"] for row in rows}
    await put_dishes(school, week, {ids[key]: dishes for key, dishes in plan.items()}, larder)


async def put_dishes(
    school: int, week: int, dishes: Mapping[int, Sequence[DishForm]], larder: Larder
) -> None:
    """The dishes of meals that have none yet, by meal."""
    await insert(
        Serving,
        [
            serving_row(Spot(school, week, meal, place), form, larder)
            for meal, forms in dishes.items()
            for place, form in enumerate(forms)
        ],
    )
    rows = await Serving.select(Serving.id, Serving.meal, Serving.position).where(
        (Serving.school == school) & Serving.meal.is_in(list(dishes) or [0])
    )
    ids = {(row["meal"], row["position"]): row["id"] for row in rows}
    portions = (
        portion
        for meal, forms in dishes.items()
        for place, form in enumerate(forms)
        for portion in portion_rows(school, week, ids[meal, place], form)
    )
    await insert(Portion, list(portions))


async def insert(table: type[Table], rows: Sequence[Table]) -> None:
    """Many rows, as many a statement as either engine takes."""
    for start in range(0, len(rows), MOST_ROWS):
        await table.insert(*rows[start : start + MOST_ROWS])


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a dish stands: the place within a meal of a week."""

    school: int
    week: int
    meal: int
    position: int = 0


def serving_row(spot: Spot, form: DishForm, larder: Larder) -> Serving:
    """A dish as a row, not saved."""
    label, kind = labelled(form, larder)
    return Serving(
        school=spot.school,
        week=spot.week,
        meal=spot.meal,
        position=spot.position,
        name=form.name,
        kind=kind.value,
        label=label,
        method=form.method,
        choice_group=form.choice,
        expected_permille=form.expected_percent * 10,
        dish=form.dish,
        status=ServingStatus.PLANNED.value,
        reason="",
    )


def labelled(form: DishForm, larder: Larder) -> tuple[str, Kind]:
    """The dish's 类别 and kind. Raises Refused for a 类别 that nobody knows."""
    label = form.label or label_for(
        form.name, [larder.ingredient(i.name, i.milligrams, i.food_code) for i in form.ingredients]
    )
    kind = kind_of(label)
    if kind is None:
        raise Refused([error("label", _("This kind of dish is not known."), "label")])
    return label, kind


def portion_rows(school: int, week: int, serving: int, form: DishForm) -> Iterable[Portion]:
    """The ingredients as rows, not saved."""
    for place, i in enumerate(form.ingredients):
        yield Portion(
            school=school,
            week=week,
            serving=serving,
            position=place,
            name=i.name,
            food_code=i.food_code,
            milligrams=i.milligrams,
        )


async def keep_dish(spot: Spot, form: DishForm, *, replaces: int | None = None) -> int:
    """One dish with its ingredients. Returns its id."""
    row = serving_row(spot, form, await larder_of(spot.school))
    row.replaces = replaces
    await row.save()
    await insert(Portion, list(portion_rows(spot.school, spot.week, row.id, form)))
    return int(row.id)


async def overwrite(spot: Spot, dish: int, form: DishForm) -> None:
    """Other content for a dish of a draft; it keeps its place."""
    row = serving_row(spot, form, await larder_of(spot.school))
    kept = ("name", "kind", "label", "method", "choice_group", "expected_permille", "dish")
    values: dict[Any, Any] = {name: getattr(row, name) for name in kept}
    await Serving.update(values).where((Serving.school == spot.school) & (Serving.id == dish))
    await Portion.delete().where((Portion.school == spot.school) & (Portion.serving == dish))
    await insert(Portion, list(portion_rows(spot.school, spot.week, dish, form)))


async def take_off(school: int, dish: int) -> None:
    """A dish of a draft and its ingredients."""
    await Portion.delete().where((Portion.school == school) & (Portion.serving == dish))
    await Serving.delete().where((Serving.school == school) & (Serving.id == dish))


async def put_in_order(school: int, meal: int, order: Sequence[int]) -> None:
    """These dishes, in this order, on this meal."""
    for place, dish in enumerate(order):
        values: dict[Any, Any] = {Serving.meal: meal, Serving.position: place}
        await Serving.update(values).where((Serving.school == school) & (Serving.id == dish))


async def forget(school: int, week: int) -> None:
    """Every row of a draft."""
    for table in (Portion, Serving, MenuMeal, MenuFile):
        await table.delete().where((table.school == school) & (table.week == week))
    await Menu.delete().where((Menu.school == school) & (Menu.id == week))


async def claim_draft(actor: Actor, week: int) -> None:
    """Raise the week's version; nobody else changes or approves it meanwhile.

    Raises Missing, Refused, and Forbidden for the week of a canteen that is not the actor's.
    """
    here = (Menu.school == actor.school) & (Menu.id == week)
    claimed = (
        await Menu.update({Menu.version: Menu.version + 1})
        .where(here & (Menu.state == State.DRAFT.value))
        .returning(Menu.canteen)
    )
    if not claimed:
        raise Refused(edit_findings((await head(actor.school, week)).state))
    refuse_other_canteen(actor, claimed[0]["canteen"])


async def claim_meal(school: int, week: int, meal: int, version: int) -> dict[str, Any]:
    """Raise the meal's version. Raises Conflict when somebody else changed it since, and Missing."""
    here = (MenuMeal.school == school) & (MenuMeal.week == week) & (MenuMeal.id == meal)
    claimed: list[dict[str, Any]] = (
        await MenuMeal.update({MenuMeal.version: MenuMeal.version + 1})
        .where(here & (MenuMeal.version == version))
        .returning(MenuMeal.id, MenuMeal.day, MenuMeal.meal)
    )
    if claimed:
        return claimed[0]
    if not await MenuMeal.exists().where(here):
        raise Missing
    message = _("Somebody else changed this meal meanwhile. Look at it, then save again what you typed.")
    raise Conflict([error("changed_meanwhile", message)])


async def settle(school: int, week: int) -> None:
    """Judge the week as it stands now and keep the counts for the lists."""
    counts = (await board(school, week)).counts
    errors, warnings, _advice = counts.values()
    await Menu.update({Menu.error_count: errors, Menu.warning_count: warnings}).where(
        (Menu.school == school) & (Menu.id == week)
    )
