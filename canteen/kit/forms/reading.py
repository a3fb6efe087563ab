"""A request's body as a nested mapping, whatever way it was sent."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import SerializationException

from canteen.kit.problems import Refused, error
from canteen.kit.texts import _


async def read_form(request: Request[Any, Any, Any]) -> Mapping[str, Any]:
    """The fields that were sent, nested by their names, and kept on the request for showing them again.

    Raises Refused (`not_json`) when a JSON body cannot be read or is not an object.
    """
    if request.content_type[0].endswith("json"):
        typed = await _read_json(request)
    else:
        typed = nest((await request.form()).multi_items())
    request.state.typed = typed
    return typed


async def _read_json(request: Request[Any, Any, Any]) -> Mapping[str, Any]:
    try:
        body = await request.json()
    except (msgspec.DecodeError, SerializationException, ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Refused([error("not_json", _("The body must be a JSON object."))])
    return body


def nest(items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Flat names as a tree: `dishes.0.grams` and `dishes[0][grams]` give `{"dishes": {0: {"grams": …}}}`.

    A name that comes twice holds the list of its values in order; `roles[]` means the same as `roles`.
    """
    tree: dict[str, Any] = {}
    for name, value in items:
        steps = _steps(name)
        branch = tree
        for step in steps[:-1]:
            below = branch.get(step)
            if not isinstance(below, dict):
                below = branch[step] = {}
            branch = below
        _put(branch, steps[-1], value)
    return tree


def _steps(name: str) -> list[Any]:
    parts = [p for p in re.split(r"[.\[\]]+", name)[:8] if p]
    return [int(p) if p.isascii() and p.isdigit() and len(p) < 7 else p for p in parts] or [name]


def _put(branch: dict[Any, Any], step: Any, value: Any) -> None:
    if step not in branch:
        branch[step] = value
    elif isinstance(branch[step], list):
        branch[step].append(value)
    else:
        branch[step] = [branch[step], value]
