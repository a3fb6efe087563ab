"""The template environment: what every template can say without being handed it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from canteen.kit.assets import Assets
from canteen.kit.pages.formats import FILTERS
from canteen.kit.pages.navigation import Entry
from canteen.kit.pages.scene import SCENE
from canteen.kit.problems import Finding
from canteen.kit.texts import say
from canteen.kit.texts import tell as tell_in


def make_environment(folders: Sequence[Path], assets: Assets) -> Environment:
    """Templates of all rooms, autoescaped; a name nobody gave is an error, not a blank."""
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= WORDS | {"asset": assets.url, "icon": _icons(assets)}
    made.filters |= FILTERS
    return made


def _icons(assets: Assets) -> Any:
    def icon(name: str, label: str = "") -> Markup:
        said = (
            Markup('role="img" aria-label="{}"').format(label)
            if label
            else Markup('aria-hidden="true" focusable="false"')
        )
        return Markup('<svg class="icon" {}><use href="{}#{}"></use></svg>').format(
            said, assets.url("icons.svg"), name
        )

    return icon


def _say(message: str, /, **facts: Any) -> str:
    return say(SCENE.get().lang, message, **facts)


def _tell(finding: Finding) -> str:
    return tell_in(SCENE.get().lang, finding)


def _may(permission: str) -> bool:
    scene = SCENE.get()
    return scene.user is not None and scene.may(scene.user, permission)


def _navigation() -> list[Entry]:
    allowed = [entry for entry in SCENE.get().navigation if _may(entry.may)]
    return [entry if not entry.daily or _may(entry.daily) else replace(entry, phone=0) for entry in allowed]


def _navigation_groups() -> list[tuple[str, list[Entry]]]:
    return [(name, list(entries)) for name, entries in groupby(_navigation(), key=lambda e: e.group)]


def _csrf_field() -> Markup:
    return Markup('<input type="hidden" name="_csrf_token" value="{}">').format(SCENE.get().csrf)


def _begin_form(url: str) -> str:
    SCENE.get().forms.append(url.partition("?")[0])
    return ""


def _end_form() -> str:
    SCENE.get().forms[-1] = ""
    return ""


def _field_id(name: str) -> str:
    """What a field's label, hint and errors point at; fields of a page's further forms are told apart."""
    forms = len(SCENE.get().forms)
    stem = f"f{forms}" if forms > 1 else "f"
    return f"{stem}-{name.replace('.', '-').replace('[', '-').replace(']', '')}"


def _of_another_form() -> bool:
    """Whether the form being drawn is not the one that was sent: nothing typed or refused is its own."""
    scene = SCENE.get()
    return bool(scene.forms and scene.forms[-1] not in ("", scene.path))


def _typed(name: str, value: Any = None) -> Any:
    """What was typed into a refused field, else the value that is kept."""
    scene = SCENE.get()
    if not scene.typed or _of_another_form():
        return value
    found: Any = scene.typed
    for step in name.replace("[", ".").replace("]", "").split("."):
        found = _below(found, step)
    return found


def _below(found: Any, step: str) -> Any:
    if isinstance(found, Mapping):
        return found.get(step, found.get(int(step) if step.isdigit() else step))
    if isinstance(found, list) and step.isdigit() and int(step) < len(found):
        return found[int(step)]
    return None


def _errors_at(name: str) -> list[str]:
    scene = SCENE.get()
    if _of_another_form():
        return []
    scene.shown_at.add(name)
    return [_tell(f) for f in scene.findings if f.at == name]


def _findings_left() -> list[Finding]:
    """The findings that no field drawn so far has shown."""
    scene = SCENE.get()
    return [f for f in scene.findings if f.at not in scene.shown_at]


def _url_with(**changes: Any) -> str:
    """This page's address with some of its query changed; None takes a name out."""
    scene = SCENE.get()
    kept = [(k, v) for k, v in scene.query if k not in changes]
    kept += [(k, str(v)) for k, v in changes.items() if v not in (None, "")]
    return f"{scene.path}?{urlencode(kept)}" if kept else scene.path


def _here(url: str) -> bool:
    """Whether this page lies at or below an entry of the menu."""
    path = SCENE.get().path
    return path == url or (url != "/" and path.startswith(f"{url}/"))


def _lines(text: str) -> Markup:
    """Text with its line breaks kept."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())


WORDS: dict[str, Any] = {
    "_": _say,
    "tell": _tell,
    "may": _may,
    "navigation": _navigation,
    "navigation_groups": _navigation_groups,
    "csrf_field": _csrf_field,
    "csrf": lambda: SCENE.get().csrf,
    "begin_form": _begin_form,
    "end_form": _end_form,
    "field_id": _field_id,
    "typed": _typed,
    "errors_at": _errors_at,
    "url_with": _url_with,
    "lines": _lines,
    "user": lambda: SCENE.get().user,
    "lang": lambda: SCENE.get().lang,
    "theme": lambda: SCENE.get().theme,
    "unread": lambda: SCENE.get().unread,
    "here": _here,
    "path": lambda: SCENE.get().path,
    "request_id": lambda: SCENE.get().request_id,
    "flashes": lambda: SCENE.get().flashes,
    "findings_left": _findings_left,
    "findings": lambda: SCENE.get().findings,
}
