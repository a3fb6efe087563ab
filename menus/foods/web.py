"""Pages of the table of foods."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, listing, page, redirect, show_again
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _, say
from menus.foods import services
from menus.foods.forms import FoodForm, ImportForm, NameForm, PriceForm
from menus.foods.paper import foods_workbook
from menus.foods.rules import ALLERGENS, ANIMAL, BANNED, COLUMNS, GROUPS, MATCHES, NUTRIENTS, Food
from menus.foods.rules.file import REQUIRED

READ: dict[str, Any] = {"may": "foods.read"}
EDIT: dict[str, Any] = {"may": "foods.edit"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILTERS = ("group", "banned", "own")
AnyRequest = Request[Any, Any, Any]
Labels = dict[str, str]
VALUE_NAMES: Mapping[str, Mapping[Any, str]] = {
    "allergens": ALLERGENS,
    "animal": ANIMAL,
    "banned": BANNED,
    "field": NUTRIENTS,
    "group": GROUPS,
    "match": MATCHES,
}


def _choices(request: AnyRequest, labels: Any) -> list[tuple[str, str]]:
    """Codes and their names in the reader's language; the empty code is no choice."""
    return [(code, say(language(request), label)) for code, label in labels.items() if label]


@get("/foods", opt=READ)
async def list_foods(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """The table: searched by name, alias and pinyin, filtered by group."""
    asked = listing(request, filters=FILTERS)
    foods, following = await services.search_foods(actor.school, asked)
    return await page(
        request,
        "foods/list.html",
        asked=asked,
        foods=foods,
        next=following,
        groups=_choices(request, GROUPS),
        banned=_choices(request, BANNED),
        group_names=GROUPS,
        matches=MATCHES,
        is_own=services.is_own,
    )


@get("/foods/excel", opt=READ)
async def foods_excel(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[bytes]:
    """The same list as a workbook that an import reads again."""
    foods = await services.all_foods(actor.school, listing(request, filters=FILTERS))
    headers = {"Content-Disposition": 'attachment; filename="foods.xlsx"'}
    return Response(foods_workbook(foods), media_type=XLSX, headers=headers)


@get("/foods/{code:str}", opt=READ)
async def show_food(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], code: FromPath[str]
) -> Page:
    """One food with its figures, where they come from, and its prices."""
    return await _detail(request, actor, code, now)


async def _detail(request: AnyRequest, actor: Actor, code: str, now: datetime) -> Page:
    food = await services.find_food(actor.school, code)
    return await page(
        request,
        "foods/detail.html",
        food=food,
        own=services.is_own(food),
        unknown=None in food.nutrients.values(),
        nutrients=NUTRIENTS,
        allergens=[say(language(request), ALLERGENS[code]) for code in sorted(food.allergens)],
        group_names=GROUPS,
        animal_names=ANIMAL,
        banned_names=BANNED,
        match_names=MATCHES,
        prices=await services.price_history(actor.school, code),
        today=local_day(now),
    )


@post("/foods/{code:str}/prices", opt=EDIT)
async def add_price(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], code: FromPath[str]
) -> Page:
    """Say what a kilogram costs from a day on."""
    show_again(request, partial(_detail, request, actor, code, now))
    await services.set_price(actor, code, parse(PriceForm, await read_form(request)), now=now)
    return redirect(request, f"/foods/{code}", _("Price kept."))


@get("/foods/new", opt=EDIT)
async def new_food(request: AnyRequest) -> Page:
    """A blank form for a food of the school's own."""
    return await _form(request, None)


async def _form(request: AnyRequest, food: Food | None) -> Page:
    return await page(
        request,
        "foods/form.html",
        food=food,
        own=food is not None and services.is_own(food),
        groups=_choices(request, GROUPS),
        animals=_choices(request, ANIMAL),
        banned=_choices(request, BANNED),
        allergens=_choices(request, ALLERGENS),
        nutrients=NUTRIENTS,
    )


@post("/foods/new", opt=EDIT)
async def create_food(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Add a food of the school's own."""
    show_again(request, partial(_form, request, None))
    food = await services.add_food(actor, parse(FoodForm, await read_form(request)), now=now)
    return redirect(request, f"/foods/{food.code}", _("{name} is in the table."), name=food.name)


@get("/foods/{code:str}/edit", opt=EDIT)
async def edit_food(request: AnyRequest, actor: NamedDependency[Actor], code: FromPath[str]) -> Page:
    """The figures of a food, to be replaced by the school's own."""
    return await _form(request, await services.find_food(actor.school, code))


@post("/foods/{code:str}/edit", opt=EDIT)
async def change_food(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], code: FromPath[str]
) -> Page:
    """Keep the school's own figures for a food."""
    show_again(request, partial(_form, request, await services.find_food(actor.school, code)))
    food = await services.change_food(actor, code, parse(FoodForm, await read_form(request)), now=now)
    return redirect(request, f"/foods/{code}", _("{name} is in the table."), name=food.name)


@get("/foods/import", opt=EDIT)
async def import_page(request: AnyRequest) -> Page:
    """Where a file of foods is handed in."""
    return await _import(request, None)


async def _import(request: AnyRequest, bad: services.BadRows | None) -> Page:
    return await page(
        request,
        "foods/import.html",
        bad=bad,
        needed=[COLUMNS[key][0] for key in REQUIRED],
        columns=[names[0] for names in COLUMNS.values()],
    )


async def _import_refused(request: AnyRequest, actor: Actor, data: bytes, name: str) -> Page:
    return await _import(request, await services.bad_rows(actor.school, data, name, language(request)))


@post("/foods/import", opt=EDIT)
async def import_foods(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Take over a file of foods, or say everything that is wrong with it."""
    show_again(request, partial(_import, request, None))
    form = parse(ImportForm, await read_form(request))
    data, name = await _sent_file(request)
    show_again(request, partial(_import_refused, request, actor, data, name))
    count = await services.import_foods(actor, data, name, again=form.again, now=now)
    return redirect(request, "/foods?own=1", _("{count} foods taken over."), count=count)


async def _sent_file(request: AnyRequest) -> tuple[bytes, str]:
    file = request.state.typed.get("file")
    if not isinstance(file, UploadFile):
        raise Refused([error("missing", _("This is required."), "file")])
    return await file.read(), file.filename


@get("/foods/names", opt=EDIT)
async def names_page(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """The school's own names, and the foods that come nearest to a new one."""
    asked = request.query_params
    return await _names(request, actor, asked.get("name", "").strip(), asked.get("q", "").strip())


async def _names(request: AnyRequest, actor: Actor, name: str, asked: str) -> Page:
    table = await services.table_of(actor.school)
    near = table.search(asked)[:12] if asked else table.candidates(name, limit=8)
    rows = await services.names_of(actor.school)
    return await page(
        request,
        "foods/names.html",
        name=name,
        asked=asked,
        meant=table.find(name),
        candidates=[(food.code, food.name) for food in near],
        names=[{**row, "food": getattr(table.get(row["food_code"]), "name", "–")} for row in rows],
    )


@post("/foods/names", opt=EDIT)
async def keep_name(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Say once for good what a name means."""
    typed = await read_form(request)
    show_again(request, partial(_names, request, actor, str(typed.get("name", "")), ""))
    form = parse(NameForm, typed)
    await services.name_food(actor, form, now=now)
    return redirect(request, "/foods/names", _("{name} is known from now on."), name=form.name)


routes: list[Any] = [
    list_foods,
    foods_excel,
    show_food,
    add_price,
    new_food,
    create_food,
    edit_food,
    change_food,
    import_page,
    import_foods,
    names_page,
    keep_name,
]
