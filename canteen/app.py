"""create_app(): the one place that knows every room."""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from litestar import Litestar, Request, Router
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, Reference, SecurityScheme
from litestar.plugins.htmx import HTMXPlugin

from canteen import settings
from canteen.accounts import guards
from canteen.accounts.web import told
from canteen.kit import db, web
from canteen.kit.assets import Assets
from canteen.kit.boundary import HANDLERS
from canteen.kit.clock import local_day
from canteen.kit.db.schema import outstanding
from canteen.kit.forgery import forgery_check
from canteen.kit.locks import Lock
from canteen.kit.pages import Entry
from canteen.kit.pages.answers import send_flashes
from canteen.kit.pages.cards import Card, Offer
from canteen.kit.pages.engine import make_environment
from canteen.kit.paper import fonts
from canteen.kit.texts import _
from canteen.kit.watch import Watch
from canteen.notices.services.inbox import unread_count
from canteen.notices.services.rounds import rounds
from canteen.notices.web import home as notices
from canteen.schools.web import home as schools
from menus.weeks.services.wanting import PublishedMenus
from menus.weeks.web import home as weeks
from suppliers.licences.services import post_renewals
from suppliers.licences.web import home as licences
from suppliers.payments.services import post_overdue
from suppliers.payments.web import home as payments
from suppliers.purchasing import ports as purchasing
from suppliers.purchasing.web.waiting import home as buying

LOG = logging.getLogger("canteen.app")
HOUSE = Path(__file__).parent
ROOMS = (
    "canteen.accounts",
    "canteen.schools",
    "canteen.notices",
    "suppliers.goods",
    "suppliers.licences",
    "suppliers.stock",
    "suppliers.purchasing",
    "suppliers.assessments",
    "suppliers.payments",
    "menus.foods",
    "menus.dishes",
    "menus.weeks",
    "menus.demand",
)
HOME: tuple[Offer, ...] = (notices, weeks.home, payments, buying, licences, schools.home)
MOST_BYTES = 32 * 1024 * 1024

SECURITY: dict[str, SecurityScheme | Reference] = {
    "key": SecurityScheme(type="http", scheme="bearer", description="A key of the school, made under Keys."),
    "session": SecurityScheme(type="apiKey", name=guards.COOKIE, security_scheme_in="cookie"),
}

NAVIGATION = (
    Entry(_("Start"), "/", "home", "schools.read", phone=1),
    Entry(_("Notices"), "/notices", "bell", "notices.read"),
    Entry(_("Weekly menus"), "/weeks", "week", "weeks.read", _("Menus"), phone=4),
    Entry(_("Dishes"), "/dishes", "dish", "dishes.read", _("Menus"), phone=6),
    Entry(_("Foods"), "/foods", "food", "foods.read", _("Menus")),
    Entry(_("Goods-in"), "/deliveries", "scale", "purchasing.read", _("Buying"), 2, "purchasing.receive"),
    Entry(_("Purchase plans"), "/purchasing/plans", "edit", "purchasing.read", _("Buying")),
    Entry(_("Orders to suppliers"), "/purchasing/orders", "next", "purchasing.read", _("Buying")),
    Entry(_("Prices"), "/purchasing/prices", "chart", "purchasing.read", _("Buying")),
    Entry(_("Goods"), "/goods", "tray", "goods.read", _("Buying")),
    Entry(_("Suppliers"), "/suppliers", "people", "licences.read", _("Buying")),
    Entry(_("Papers and licences"), "/licences", "sheet", "licences.read", _("Buying")),
    Entry(_("Supplier assessments"), "/assessments", "chart", "assessments.read", _("Buying")),
    Entry(_("Payments"), "/payments", "sheet", "payments.read", _("Buying"), 5, "payments.enter"),
    Entry(_("Store room"), "/stock", "tray", "stock.read", _("Store"), 3, "stock.issue"),
    Entry(_("Issue by menu"), "/demand/issue", "out", "stock.issue", _("Store")),
    Entry(_("What to buy"), "/demand", "sheet", "stock.read", _("Store")),
    Entry(_("School"), "/school", "school", "schools.read", _("School"), phone=7),
    Entry(_("People"), "/people", "people", "people.read", _("School")),
    Entry(_("Prints"), "/prints", "print", "prints.read", _("School")),
    Entry(_("Phones of the kitchen"), "/devices", "device", "devices.edit", _("School")),
    Entry(_("Keys for programs"), "/keys", "key", "keys.edit", _("School")),
    Entry(_("Trail"), "/trail", "trail", "trail.read", _("School")),
)


def create_app(chosen: settings.Settings | None = None) -> Litestar:
    """The whole house as one ASGI application.

    Raises RuntimeError without a secret, and for a route that says neither who may use it (`opt["may"]`) nor
    that everybody may (`opt["public"]`).
    """
    rim = chosen or settings.load(os.environ)
    if not rim.secret:
        raise RuntimeError("CANTEEN_SECRET is missing: any long random text that stays the same")
    purchasing.bind(PublishedMenus())
    app = Litestar(
        route_handlers=[
            Router("/", route_handlers=[*web.routes, *_routes("web")], include_in_schema=False),
            Router("/", route_handlers=_routes("api"), include_in_schema=True),
        ],
        middleware=[guards.SessionMiddleware, forgery_check(rim.secret, secure=rim.secure)],
        guards=[guards.guard_route],
        dependencies=guards.DEPENDENCIES,
        exception_handlers=HANDLERS,
        before_send=[send_flashes],
        plugins=[HTMXPlugin()],
        compression_config=CompressionConfig(backend="gzip", gzip_compress_level=6),
        openapi_config=_openapi(),
        request_max_body_size=MOST_BYTES,
        logging_config=None,
        lifespan=[_fonts, _database, *guards.LIFESPAN, rounds(post_renewals, post_overdue)],
        state=_state(rim),
    )
    _refuse_unguarded(app)
    app.asgi_handler = Watch(app.asgi_handler, secure=rim.secure)
    return app


def _state(rim: settings.Settings) -> State:
    """What handlers and pages ask of the app."""
    assets = Assets(HOUSE / "static")
    return State(
        {
            "assets": assets,
            "base_url": rim.base_url,
            "cards": _cards,
            "data_dir": rim.data_dir,
            "database_url": rim.database_url,
            "lock": Lock(rim.secret),
            "may": guards.user_may,
            "metrics_token": rim.metrics_token,
            "navigation": NAVIGATION,
            "secret": rim.secret,
            "secure": rim.secure,
            "templates": make_environment(_template_folders(), assets),
            "trouble": _trouble,
            "unread": _unread,
            "value_names": value_names(),
        }
    )


async def _cards(request: Request[Any, Any, Any]) -> list[Card]:
    """The start page of whoever looks, room by room."""
    actor, today = guards.provide_actor(request), local_day(guards.provide_now())
    may = partial(guards.user_may, request.user)
    return [card for offer in HOME for card in await offer(actor, may, today)]


async def _unread(request: Request[Any, Any, Any]) -> int:
    """What the bell in the head of a page counts; nobody's bell asks nothing."""
    if request.scope.get("user") is None:
        return 0
    return await unread_count(guards.provide_actor(request), guards.provide_now())


def _routes(furniture: str) -> list[Any]:
    """Every room's pages (`web`) or JSON (`api`)."""
    found: list[Any] = []
    for room in ROOMS:
        if find_spec(f"{room}.{furniture}") is not None:
            found += import_module(f"{room}.{furniture}").routes
    return found


def value_names() -> dict[str, told.ValueNames]:
    """What values in the trail stand for, by room; those of accounts and schools hold everywhere."""
    named = {
        room.rpartition(".")[2]: getattr(import_module(f"{room}.web"), "VALUE_NAMES", {})
        for room in ROOMS
        if find_spec(f"{room}.web") is not None
    }
    return {told.EVERYWHERE: {**named["accounts"], **named["schools"]}, **named}


def _template_folders() -> list[Path]:
    """The base templates, then each room's own."""
    rooms = [HOUSE.parent.joinpath(*room.split("."), "templates") for room in ROOMS]
    return [HOUSE / "templates", *(folder for folder in rooms if folder.is_dir())]


def _openapi() -> OpenAPIConfig:
    """JSON at /schema/openapi.json and no viewer: those load scripts from elsewhere."""
    return OpenAPIConfig(
        title="Canteen",
        version=version("canteen-safety"),
        openapi_router=Router("/schema", route_handlers=[], opt={"public": True}, include_in_schema=False),
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        components=Components(security_schemes=SECURITY),
        security=[{name: []} for name in SECURITY],
    )


def _refuse_unguarded(app: Litestar) -> None:
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            open_or_locked = handler.opt.get("may") or handler.opt.get("public")
            if not open_or_locked and handler.http_methods != {"OPTIONS"}:
                raise RuntimeError(f"{route.path} says neither who may use it nor that everybody may")


@asynccontextmanager
async def _fonts(app: Litestar) -> AsyncIterator[None]:
    """The fonts of paper live with the data; what is missing is made in the background meanwhile."""
    fonts.keep_in(app.state.data_dir / "fonts")
    fonts.prepare(fonts.home())
    yield


@asynccontextmanager
async def _database(app: Litestar) -> AsyncIterator[None]:
    """The database is open while the app runs: opened before the sealer starts, closed after it has ended."""
    db.connect(app.state.database_url)
    await db.start()
    try:
        yield
    finally:
        await db.close()


async def _trouble() -> str:
    """Why the house is not ready, or nothing."""
    try:
        waiting = await outstanding()
    except Exception as problem:
        LOG.exception("the database does not answer")
        return f"the database does not answer ({type(problem).__name__})"
    return f"{len(waiting)} migrations are outstanding" if waiting else ""
