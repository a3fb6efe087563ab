"""What is typed at the counter: blank rows go, photos become digests, and a field is found again by name."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from litestar.datastructures import UploadFile

from canteen.kit.actor import Actor
from canteen.kit.forms import read_form
from canteen.kit.problems import Refused
from suppliers.purchasing.services import deliveries
from suppliers.purchasing.web.deliveries_words import AnyRequest

TYPED_IN_LINE = ("name", "count", "weighed", "gross", "price", "ordered", "batch_number", "photos", "photo")
TYPED_IN_PAPER = ("number", "issued_on", "issuer", "photos", "photo", "form")


async def read_typed(request: AnyRequest, actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The form with its rows numbered from 0 and its photos kept. Raises Refused for what is no photo."""
    typed = dict(await read_form(request))
    typed["lines"] = _rows(typed.get("lines"), TYPED_IN_LINE)
    typed["papers"] = _rows(typed.get("papers"), TYPED_IN_PAPER)
    request.state.typed = typed
    await _keep_photos(request, actor, typed, now=now)
    return typed


def _rows(value: Any, telling: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of which anything was typed, in order."""
    rows = value if isinstance(value, list) else _in_order(value) if isinstance(value, Mapping) else []
    return [dict(row) for row in rows if isinstance(row, Mapping) and _is_typed(row, telling)]


def _in_order(rows: Mapping[Any, Any]) -> list[Any]:
    return [rows[key] for key in sorted(rows, key=lambda key: (len(str(key)), str(key)))]


def _is_typed(row: Mapping[str, Any], telling: tuple[str, ...]) -> bool:
    return any(_says_something(row.get(name)) for name in telling)


def _says_something(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_says_something, value))
    if isinstance(value, UploadFile):
        return bool(value.filename)
    return bool(value.strip()) if isinstance(value, str) else value is not None


async def _keep_photos(request: AnyRequest, actor: Actor, typed: dict[str, Any], *, now: datetime) -> None:
    """Files of the form are kept at once and stand in it as digests, so that a refusal loses none."""
    places = {"": typed}
    places |= {f"lines.{n}.": row for n, row in enumerate(typed["lines"])}
    places |= {f"papers.{n}.": row for n, row in enumerate(typed["papers"])}
    sent = [(at, await f.read()) for at, row in places.items() for f in _files(row.pop("photo", None))]
    kept, findings = await deliveries.keep_sent(actor, sent, request.app.state.data_dir, now=now)
    for at, row in places.items():
        row["photos"] = list(dict.fromkeys([*_texts(row.get("photos")), *kept.get(at, ())]))
    if findings:
        raise Refused(findings)


def _files(value: Any) -> list[UploadFile]:
    every = value if isinstance(value, list) else [value]
    return [file for file in every if isinstance(file, UploadFile) and file.filename]


def _texts(value: Any) -> list[str]:
    every = value if isinstance(value, list) else [value]
    return [text for text in every if isinstance(text, str) and text]


def finder(typed: Mapping[str, Any]) -> Callable[..., Any]:
    """`value("lines.3.count")`: what stands at a name of a nested form, "" when nothing does."""

    def value(name: str, default: Any = "") -> Any:
        found: Any = typed
        for step in name.split("."):
            if isinstance(found, Mapping):
                found = found.get(step, found.get(int(step)) if step.isdigit() else None)
            elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
                found = found[int(step)]
            else:
                return default
        return default if found is None else found

    return value
