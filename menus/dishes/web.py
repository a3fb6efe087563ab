"""Pages of a school's dishes: the list, one dish, the form with its live figures, and the library."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency

from canteen.kit import uploads
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, fragment, language, listing, page, redirect, show_again
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _, say
from menus.dishes import services
from menus.dishes.forms import CopyForm, DishForm, Draft, TakeForm
from menus.dishes.paper import dishes_workbook
from menus.dishes.rules import KIND_NAMES, METHOD_NAMES, SIZE_NAMES, Age, Line
from menus.foods.rules import ALLERGENS, NUTRIENTS

READ: dict[str, Any] = {"may": "dishes.read"}
EDIT: dict[str, Any] = {"may": "dishes.edit"}
VALUE_NAMES: Mapping[str, Mapping[Any, str]] = {
    "allergens": ALLERGENS,
    "field": NUTRIENTS,
    "kind": KIND_NAMES,
    "method": METHOD_NAMES,
    "size": SIZE_NAMES,
}
RETIRE: dict[str, Any] = {"may": "dishes.retire"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ONE_DAY = "private, max-age=86400"
BLANK_ROWS = 6
AnyRequest = Request[Any, Any, Any]
NAMES: dict[str, Any] = {
    "kind_names": KIND_NAMES,
    "method_names": METHOD_NAMES,
    "size_names": SIZE_NAMES,
    "allergen_names": ALLERGENS,
    "nutrient_names": NUTRIENTS,
}


def _choices(request: AnyRequest, labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Codes and their names in the reader's language."""
    return [(str(code), say(language(request), label)) for code, label in labels.items()]


@get("/dishes", opt=READ)
async def list_dishes(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """The school's dishes: searched by name and pinyin, filtered by kind."""
    asked = listing(request, filters=services.FILTERS, sorts=services.SORTS)
    cards, following = await services.list_dishes(actor.school, asked, today=local_day(now))
    kinds = _choices(request, KIND_NAMES)
    return await page(
        request, "dishes/list.html", asked=asked, cards=cards, next=following, kinds=kinds, **NAMES
    )


@get("/dishes/excel", opt=READ)
async def dishes_excel(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The same list as a workbook."""
    asked = listing(request, filters=services.FILTERS, sorts=services.SORTS)
    cards = await services.all_dishes(actor.school, asked, today=local_day(now))
    headers = {"Content-Disposition": 'attachment; filename="dishes.xlsx"'}
    return Response(dishes_workbook(cards, language(request)), media_type=XLSX, headers=headers)


@get("/dishes/{dish:int}", opt=READ)
async def show_dish(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: PathId
) -> Page:
    """One dish at an age band, at its newest or at an older version."""
    return await _detail(request, actor, dish, local_day(now))


async def _detail(request: AnyRequest, actor: Actor, dish: int, today: date) -> Page:
    wished, number = request.query_params.get("age", ""), request.query_params.get("version", "")
    age = Age(wished) if wished in list(Age) else Age.NINE
    which = int(number) if number.isdecimal() and len(number) < 9 else None
    card = await services.find_dish(actor.school, dish, today=today, number=which)
    recipe, helping = await services.at_age(actor.school, card, age, today=today)
    return await page(
        request,
        "dishes/detail.html",
        card=card,
        recipe=recipe,
        helping=helping,
        age=age,
        ages=list(Age),
        versions=await services.versions_of(actor.school, dish),
        **NAMES,
    )


@get("/dishes/new", opt=EDIT)
async def new_dish(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """A blank recipe."""
    return await _form(request, actor, None, local_day(now))


async def _form(request: AnyRequest, actor: Actor, card: services.Card | None, today: date) -> Page:
    typed = request.state.get("typed") or (_as_typed(card) if card else {})
    look = await services.look_at(actor.school, parse(Draft, typed), today=today)
    return await page(
        request,
        "dishes/form.html",
        card=card,
        look=look,
        rows=_rows(typed, card.lines if card else ()),
        kinds=_choices(request, KIND_NAMES),
        methods=_choices(request, METHOD_NAMES),
        sizes=_choices(request, SIZE_NAMES),
        **NAMES,
    )


def _as_typed(card: services.Card) -> Mapping[str, Any]:
    lines = [{"name": line.name, "grams": f"{line.milligrams / 1000:g}"} for line in card.lines]
    return {"name": card.recipe.name, "kind": card.recipe.kind.value, "ingredients": lines}


def _rows(typed: Mapping[str, Any], lines: Sequence[Line]) -> list[tuple[int, Line | None]]:
    """The form's rows: those that were typed, or the recipe's, and always a blank one at the end."""
    sent = typed.get("ingredients")
    numbers = [n for n in sent if isinstance(n, int)] if isinstance(sent, Mapping) else []
    count = max([*(n + 1 for n in numbers if n < 40), len(lines) + 1, BLANK_ROWS])
    return [(n, lines[n] if n < len(lines) else None) for n in range(count)]


@post("/dishes/new", opt=EDIT)
async def create_dish(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Keep a new dish."""
    show_again(request, partial(_form, request, actor, None, local_day(now)))
    form = parse(DishForm, await read_form(request))
    dish = await services.add_dish(actor, form, now=now)
    return redirect(request, f"/dishes/{dish}", _("{name} is among the dishes."), name=form.name)


@get("/dishes/{dish:int}/edit", opt=EDIT)
async def edit_dish(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: PathId
) -> Page:
    """A dish's recipe, to be changed into a new version."""
    today = local_day(now)
    return await _form(request, actor, await services.find_dish(actor.school, dish, today=today), today)


@post("/dishes/{dish:int}/edit", opt=EDIT)
async def change_dish(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: PathId
) -> Page:
    """Keep a new version."""
    card = await services.find_dish(actor.school, dish, today=local_day(now))
    show_again(request, partial(_form, request, actor, card, local_day(now)))
    form = parse(DishForm, await read_form(request))
    number = await services.change_dish(actor, dish, form, now=now)
    return redirect(request, f"/dishes/{dish}", _("Version {number} is kept."), number=number)


@post("/dishes/{dish:int}/copy", opt=EDIT)
async def copy_dish(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: PathId
) -> Page:
    """Make a copy and go on with its recipe."""
    form = parse(CopyForm, await read_form(request))
    copy = await services.copy_dish(actor, dish, form, now=now)
    return redirect(request, f"/dishes/{copy}/edit", _("Copied. Change what is different."))


@post("/dishes/{dish:int}/retire", opt=RETIRE)
async def retire_dish(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: PathId
) -> Page:
    """Take a dish out of use."""
    await services.retire_dish(actor, dish, now=now)
    return redirect(request, f"/dishes/{dish}", _("The dish is out of use. Menus that have it keep it."))


@post("/dishes/{dish:int}/restore", opt=RETIRE)
async def restore_dish(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: PathId
) -> Page:
    """Bring a dish back into use."""
    await services.restore_dish(actor, dish, now=now)
    return redirect(request, f"/dishes/{dish}", _("The dish is in use again."))


@get("/dishes/{dish:int}/photo", opt=READ)
async def show_photo(request: AnyRequest, actor: NamedDependency[Actor], dish: PathId) -> Response[bytes]:
    """A dish's photo, or its small one."""
    digest = await services.photo_of(actor.school, dish)
    reader = uploads.read_thumbnail if "small" in request.query_params else uploads.read
    body = reader(request.app.state.data_dir, digest)
    return Response(body, media_type=uploads.JPEG, headers={"Cache-Control": ONE_DAY})


@post("/dishes/{dish:int}/photo", opt=EDIT)
async def set_photo(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: PathId
) -> Page:
    """Show a photo with a dish."""
    show_again(request, partial(_detail, request, actor, dish, local_day(now)))
    photo = (await read_form(request)).get("photo")
    if not isinstance(photo, UploadFile):
        raise Refused([error("missing", _("This is required."), "photo")])
    await services.set_photo(actor, dish, await photo.read(), request.app.state.data_dir, now=now)
    return redirect(request, f"/dishes/{dish}", _("Photo kept."))


@post("/dishes/figures", opt={**EDIT, "looks": True})
async def draft_figures(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """The figures of what is typed so far."""
    draft = parse(Draft, await read_form(request))
    look = await services.look_at(actor.school, draft, today=local_day(now))
    return await fragment(request, "dishes/_figures.html", look=look, **NAMES)


@get("/dishes/foods", opt=EDIT)
async def suggest_foods(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """Options for an ingredient that is being typed, whatever its field is called."""
    typed = next(iter(request.query_params.values()), "")
    foods = await services.suggest_foods(actor.school, typed)
    return await fragment(request, "dishes/_foods.html", foods=foods)


@get("/dishes/library", opt=EDIT)
async def show_library(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Dishes to copy from: shipped ones, or those of the district."""
    asked = listing(request, filters=("kind", "new", "from"))
    above = asked.filters.get("from") == "above"
    return await (_above if above else _shipped)(request, actor, asked, local_day(now))


async def _shipped(request: AnyRequest, actor: Actor, asked: Any, today: date) -> Page:
    offers, following = await services.shipped_dishes(actor.school, asked, today=today)
    kinds = _choices(request, KIND_NAMES)
    return await page(
        request, "dishes/library.html", asked=asked, offers=offers, next=following, kinds=kinds, **NAMES
    )


async def _above(request: AnyRequest, actor: Actor, asked: Any, today: date) -> Page:
    found = await services.dishes_above(actor.school, asked, today=today)
    kinds = _choices(request, KIND_NAMES)
    return await page(request, "dishes/above.html", asked=asked, found=found, kinds=kinds, **NAMES)


@post("/dishes/library", opt=EDIT)
async def take_dishes(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Copy the chosen dishes."""
    taken = await services.take_dishes(actor, parse(TakeForm, await read_form(request)), now=now)
    return redirect(request, "/dishes?sort=-changed", _("Dishes copied: {count}."), count=len(taken))


routes: list[Any] = [
    list_dishes,
    dishes_excel,
    show_dish,
    new_dish,
    create_dish,
    edit_dish,
    change_dish,
    copy_dish,
    retire_dish,
    restore_dish,
    show_photo,
    set_photo,
    draft_figures,
    suggest_foods,
    show_library,
    take_dishes,
]
