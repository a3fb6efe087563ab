"""What the house itself answers: health, measures, static files, language, theme, start page."""

from datetime import date
from functools import partial
from hmac import compare_digest
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from canteen.kit.forms import read_form
from canteen.kit.pages import Page, listing, own_path, page, redirect, request_user
from canteen.kit.pages.cards import due_first
from canteen.kit.pages.scene import THEMES
from canteen.kit.problems import Finding, Level, Missing
from canteen.kit.texts import LANGUAGES

PUBLIC: dict[str, Any] = {"public": True}
ONE_YEAR = 31_536_000


@get("/healthz", opt=PUBLIC)
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@get("/readyz", opt=PUBLIC)
async def readyz(request: Request[Any, Any, Any]) -> Response[dict[str, str]]:
    """The database answers and no migration is outstanding; else 503 and why."""
    trouble = await request.app.state.trouble()
    if trouble:
        return Response({"status": "not ready", "reason": trouble}, status_code=503)
    return Response({"status": "ok"})


@get("/metrics", opt=PUBLIC)
async def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Prometheus text for those with the token; nothing is here for others.

    A house that only this machine reaches needs none. Behind a proxy everybody comes from this machine.
    """
    token = request.app.state.metrics_token
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    is_ours = _is_loopback(urlsplit(request.app.state.base_url).hostname or "") and _from_loopback(request)
    if not (token and compare_digest(given.encode(), token.encode())) and not is_ours:
        raise Missing
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _from_loopback(request: Request[Any, Any, Any]) -> bool:
    """The peer itself is this machine, and no proxy on it speaks for somebody else."""
    if request.client is None or "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    return _is_loopback(request.client.host)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


@get("/static/{digest:str}/{name:path}", opt=PUBLIC)
async def static_file(request: Request[Any, Any, Any], digest: FromPath[str], name: FromPath[str]) -> Page:
    """A static file; under today's digest browsers may keep it for ever."""
    assets = request.app.state.assets
    body = assets.bodies.get(name.lstrip("/"))
    if body is None:
        raise Missing
    keep = f"public, max-age={ONE_YEAR}, immutable" if digest == assets.digest else "no-cache"
    return Response(body, media_type=assets.kind(name), headers={"Cache-Control": keep})


@post("/language", opt=PUBLIC)
async def choose_language(request: Request[Any, Any, Any]) -> Page:
    """Keep the language chosen and go back."""
    return await _choose(request, "language", LANGUAGES)


@post("/theme", opt=PUBLIC)
async def choose_theme(request: Request[Any, Any, Any]) -> Page:
    """Keep the theme chosen and go back."""
    return await _choose(request, "theme", THEMES)


async def _choose(request: Request[Any, Any, Any], name: str, offered: tuple[str, ...]) -> Page:
    typed = await read_form(request)
    made = redirect(request, own_path(str(typed.get("back", "/"))))
    if (chosen := typed.get(name)) in offered:
        secure = request.app.state.secure
        made.cookies.append(Cookie(name, value=str(chosen), max_age=ONE_YEAR, samesite="lax", secure=secure))
    return made


@get("/", opt=PUBLIC)
async def home(request: Request[Any, Any, Any]) -> Page:
    """What stands and waits today, and what the person may do; who is not signed in goes to sign in."""
    if request_user(request) is None:
        return redirect(request, "/sign-in")
    return await page(request, "home.html", cards=due_first(await request.app.state.cards(request)))


@get("/style", opt={"may": "style.read"})
async def style_guide(request: Request[Any, Any, Any]) -> Page:
    """Every component on one page, for those who build rooms and for the tests of the look."""
    asked = listing(request, filters=("kind",), sorts=("name",))
    samples = [
        Finding(
            "two_meats",
            Level.ERROR,
            "Tuesday's lunch has {have} meat dishes; {want} are due.",
            {"have": 1, "want": 2},
        ),
        Finding(
            "calcium", Level.WARNING, "Calcium stands at {percent}% of the need this week.", {"percent": 82}
        ),
        Finding("kinds_week", Level.ADVICE, "This week uses {kinds} kinds of food.", {"kinds": 27}),
    ]
    return await page(request, "style.html", asked=asked, samples=samples, sample_day=partial(date, 2026, 11))


routes: list[Any] = [healthz, readyz, metrics, static_file, choose_language, choose_theme, home, style_guide]
