"""A small front room for the tests of forms, pages and the boundary: one form, one API, every failure."""

import re
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import httpx
import msgspec
from jinja2 import ChoiceLoader, DictLoader
from litestar import Litestar, Request, get, post
from litestar.exceptions import NotAuthorizedException
from litestar.params import FromPath
from litestar.types import ASGIApp, Receive, Scope, Send

import canteen.kit.web
from canteen.accounts.services import sessions
from canteen.app import create_app
from canteen.kit.forms import NonNegativeFen, parse, read_form
from canteen.kit.pages import Page, fragment, listing, page, redirect, show_again
from canteen.kit.problems import Conflict, Forbidden, Missing, Refused, error
from canteen.settings import Settings

SECRET = "a secret of the tests"
FORM = """
{% extends "base.html" %}{% import "_forms.html" as f %}
{% block content %}{% call f.form("/test/dish", draft="dish") %}
{{ f.text("name", "Dish", required=true, hint="as on the poster") }}{{ f.money("price", "Price", 1250) }}
{{ f.number("rows.0.grams", "Grams") }}{{ f.end("Save") }}{% endcall %}{% endblock %}
"""
LIST = """{% import "_list.html" as l %}{{ l.tools(asked, [("kind", "Kind", [("meat", "Meat")])]) }}
{{ l.pager(next) }}{{ l.none_found(asked, "None", "Add one") }}"""

PIECES = """{% extends "base.html" %}{% block content %}<h1>Pieces</h1><div id="piece">as it was</div>
<button hx-post="/test/plain" hx-target="#piece">send</button>
<button hx-get="/test/raise/bug" hx-target="#piece">break</button>{% endblock %}"""
TEMPLATES = {"test/form.html": FORM, "test/list.html": LIST, "test/pieces.html": PIECES}


class Row(msgspec.Struct, frozen=True):
    grams: Annotated[int, msgspec.Meta(ge=1)]


class Dish(msgspec.Struct, frozen=True):
    name: str
    price: NonNegativeFen
    rows: list[Row] = []


class SignedIn:
    """Stands where the accounts room's session does, with one fixed person."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["user"] = sessions.SignedIn(
            person=1,
            name="王秀兰",
            school=1,
            school_name="城关第二小学",
            schools=((1, "城关第二小学"), (2, "河口中学")),
            roles=frozenset({"system_admin"}),
        )
        await self.app(scope, receive, send)


OPEN: dict[str, Any] = {"public": True}


@get("/test/dish", opt=OPEN)
async def dish_form(request: Request[Any, Any, Any]) -> Page:
    return await page(request, "test/form.html")


@post("/test/dish", opt=OPEN)
async def add_dish(request: Request[Any, Any, Any]) -> Page:
    show_again(request, partial(dish_form.fn, request))
    dish = parse(Dish, await read_form(request))
    return redirect(request, "/test/dish", "{name} is saved", name=dish.name)


@post("/test/plain", opt=OPEN)
async def add_plainly(request: Request[Any, Any, Any]) -> Page:
    parse(Dish, await read_form(request))
    return await fragment(request, "test/form.html")


@post("/api/v1/test", opt=OPEN)
async def add_by_program(request: Request[Any, Any, Any]) -> dict[str, str]:
    return {"name": parse(Dish, await read_form(request)).name}


@get("/test/raise/{what:str}", opt=OPEN)
async def break_something(what: FromPath[str]) -> None:
    raise {
        "missing": Missing(),
        "forbidden": Forbidden(),
        "conflict": Conflict([error("already_there", "Somebody was faster")]),
        "refused": Refused([error("two_meats", "At least {bound}.", bound=2)]),
        "stranger": NotAuthorizedException(),
        "bug": ZeroDivisionError("the secret 4711"),
    }[what]


@get("/test/list", opt=OPEN, middleware=[SignedIn])
async def dish_list(request: Request[Any, Any, Any]) -> Page:
    asked = listing(request, filters=("kind",), sorts=("name", "-price"))
    return await fragment(request, "test/list.html", asked=asked, next="abc")


@get("/test/pieces", opt=OPEN)
async def pieces(request: Request[Any, Any, Any]) -> Page:
    return await page(request, "test/pieces.html")


@get("/test/home", opt=OPEN, middleware=[SignedIn])
async def signed_in_home(request: Request[Any, Any, Any]) -> Page:
    return await page(request, "home.html")


style_guide = get("/test/style", opt=OPEN, middleware=[SignedIn])(canteen.kit.web.style_guide.fn)

HANDLERS = [
    style_guide,
    add_by_program,
    add_dish,
    add_plainly,
    break_something,
    dish_form,
    dish_list,
    pieces,
    signed_in_home,
]


def make_front(folder: Path, **settings: Any) -> Litestar:
    """The whole app and, beside its rooms, this one."""
    chosen = Settings(secret=SECRET, database_url=f"sqlite:///{folder}/front.sqlite", **settings)
    app = create_app(chosen)
    for handler in HANDLERS:
        app.register(handler)
    loader = app.state.templates.loader
    app.state.templates.loader = ChoiceLoader([loader, DictLoader(TEMPLATES)])
    return app


def browser(app: Litestar, **options: Any) -> httpx.AsyncClient:
    """A client that keeps cookies and does not follow redirects."""
    peer = options.pop("peer", ("203.0.113.9", 4711))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=peer)
    return httpx.AsyncClient(transport=transport, base_url="http://school.test", **options)


async def token(client: httpx.AsyncClient) -> str:
    """What a form of this browser carries against forgery."""
    found = re.search('name="_csrf_token" value="([0-9a-f]+)"', (await client.get("/test/dish")).text)
    assert found
    return found[1]
