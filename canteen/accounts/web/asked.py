"""What several pages of this room need from a request."""

from collections.abc import Iterable, Sequence
from typing import Any

from litestar import Request, Response

from canteen.accounts.guards import session_cookie
from canteen.accounts.rules import ROLE_NAMES, Role
from canteen.accounts.services.sessions import SignedIn
from canteen.kit.pages import Page, language, page, redirect
from canteen.kit.sheets import Column, write_xlsx
from canteen.kit.texts import _, say

AnyRequest = Request[Any, Any, Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BROWSERS = (
    ("MicroMessenger", _("WeChat")),
    ("DingTalk", _("DingTalk")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SIGNED_IN = {"may": "signed_in"}
PUBLIC = {"public": True}


def signed_in(request: AnyRequest) -> SignedIn:
    """Whoever is signed in; only for routes that ask for it."""
    user: SignedIn = request.scope["user"]
    return user


def role_choices(request: AnyRequest, roles: list[Role]) -> list[tuple[str, str]]:
    """Roles for a select, in the reader's language."""
    lang = language(request)
    return [(role.value, say(lang, ROLE_NAMES[role])) for role in roles]


def role_names(request: AnyRequest) -> dict[str, str]:
    """Every role's name in the reader's language."""
    return dict(role_choices(request, list(Role)))


def enter(request: AnyRequest, token: str, url: str, *, device: bool = False) -> Page:
    """Go there with a fresh session."""
    made = redirect(request, url)
    made.cookies.append(session_cookie(token, secure=request.app.state.secure, device=device))
    return made


def workbook(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Page:
    """The same list as a file for Excel."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"', "Cache-Control": "no-store"}
    return Response(write_xlsx(columns, rows), media_type=XLSX, headers=headers)


def browser_name(request: AnyRequest, agent: str) -> str:
    """A browser as people call it, from what it says of itself."""
    name = say(language(request), next((said for sign, said in BROWSERS if sign in agent), _("Browser")))
    is_phone = any(sign in agent for sign in ("Mobile", "Android", "iPhone"))
    return f"{name} · {say(language(request), _('phone') if is_phone else _('computer'))}"


async def shown_once(request: AnyRequest, title: str, secret: str, note: str, back: str, **more: Any) -> Page:
    """A secret on a page that is never shown again. `title` and `note` are message ids."""
    return await page(
        request, "accounts/shown_once.html", title=title, secret=secret, note=note, back=back, **more
    )
