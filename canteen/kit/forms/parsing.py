"""Field by field, so that one wrong field does not hide the next."""

import types
import unicodedata
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

import msgspec
from msgspec import inspect as shapes

from canteen.kit.forms.leaves import read_leaf
from canteen.kit.problems import Finding, Refused, error
from canteen.kit.texts import _

F = TypeVar("F", bound=msgspec.Struct)
MOST_ROWS = 5000
GONE: Any = object()


def parse(form: type[F], mapping: Mapping[str, Any]) -> F:
    """The form that was sent. Raises Refused with one finding for each field that is wrong or missing."""
    findings: list[Finding] = []
    made = _struct(form, mapping, "", findings)
    if findings:
        raise Refused(findings)
    return cast(F, made)


def _struct(form: type[Any], value: Any, path: str, findings: list[Finding]) -> Any:
    if not isinstance(value, Mapping):
        return _wrong(findings, error("not_an_object", _("This must have fields of its own."), path))
    before = len(findings)
    values: dict[str, Any] = {}
    for field in msgspec.structs.fields(form):
        at = f"{path}.{field.encode_name}" if path else field.encode_name
        got = _field(field, value.get(field.encode_name), at, findings)
        if got is not GONE:
            values[field.name] = got
    return form(**values) if len(findings) == before else None


def _field(field: Any, value: Any, at: str, findings: list[Finding]) -> Any:
    """The converted value, or GONE when the field's own default shall stand."""
    kind, optional = _without_none(field.type)
    value = _trimmed(value, many=_is_many(kind))
    if value is not None:
        return _value(kind, value, at, findings)
    if not field.required:
        return GONE
    if optional:
        return None
    if kind is bool:
        return False
    if _is_many(kind):
        return _value(kind, [], at, findings)
    return _wrong(findings, error("missing", _("This is required."), at))


def _value(kind: Any, value: Any, at: str, findings: list[Finding]) -> Any:
    kind, _optional = _without_none(kind)
    bare = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct):
        return _struct(bare, value, at, findings)
    if _is_many(kind):
        return _many(kind, bare, value, at, findings)
    if get_origin(bare) is dict:
        return _table(bare, value, at, findings)
    made = read_leaf(shapes.type_info(kind), kind, value, at)
    return _wrong(findings, made) if isinstance(made, Finding) else made


def _many(kind: Any, bare: Any, value: Any, at: str, findings: list[Finding]) -> Any:
    item = (get_args(bare) or (str,))[0]
    rows = _rows(value)
    if len(rows) > MOST_ROWS:
        return _wrong(findings, error("too_many", _("At most {most} rows."), at, most=MOST_ROWS))
    kept = {k: _trimmed(v, many=_is_many(item)) for k, v in rows.items()}
    made = [_value(item, v, f"{at}.{k}", findings) for k, v in kept.items() if v is not None]
    return _counted(kind, _container(bare)(made), at, findings)


def _counted(kind: Any, made: Any, at: str, findings: list[Finding]) -> Any:
    bounds = shapes.type_info(kind)
    least, most = getattr(bounds, "min_length", None), getattr(bounds, "max_length", None)
    if least is not None and len(made) < least:
        return _wrong(findings, error("too_few", _("At least {least} needed."), at, least=least))
    if most is not None and len(made) > most:
        return _wrong(findings, error("too_many", _("At most {most} rows."), at, most=most))
    return made


def _table(bare: Any, value: Any, at: str, findings: list[Finding]) -> Any:
    if not isinstance(value, Mapping):
        return _wrong(findings, error("not_an_object", _("This must have fields of its own."), at))
    key_kind, item = get_args(bare)
    filled = {k: _trimmed(v) for k, v in value.items()}
    return {
        _value(key_kind, k if key_kind is int else str(k), f"{at}.{k}", findings): _value(
            item, v, f"{at}.{k}", findings
        )
        for k, v in filled.items()
        if v is not None
    }


def _rows(value: Any) -> dict[Any, Any]:
    if isinstance(value, Mapping):
        return dict(sorted(value.items(), key=lambda row: (not isinstance(row[0], int), row[0])))
    return dict(enumerate(value if isinstance(value, list | tuple) else [value]))


def _trimmed(value: Any, *, many: bool = False) -> Any:
    """Blanks around text go; blank text, and a row of nothing but blanks, is None."""
    if isinstance(value, str):
        return _without_blanks(value) or None
    if isinstance(value, list) and not many:
        return _trimmed(value[-1]) if value else None
    if isinstance(value, Mapping) and all(_trimmed(v) is None for v in value.values()):
        return None
    return value


def _without_blanks(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip(" \t\n\r\u3000\u00a0\ufeff\u200b")


def _without_none(kind: Any) -> tuple[Any, bool]:
    if get_origin(kind) not in (Union, types.UnionType):
        return kind, False
    left = tuple(k for k in get_args(kind) if k is not type(None))
    return (left[0] if len(left) == 1 else Union[left]), len(left) < len(get_args(kind))  # noqa: UP007


def _container(bare: Any) -> Callable[[list[Any]], Any]:
    return cast("Callable[[list[Any]], Any]", get_origin(bare) or bare)


def _is_many(kind: Any) -> bool:
    bare = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    return _container(bare) in (list, tuple, set, frozenset)


def _wrong(findings: list[Finding], finding: Finding) -> None:
    findings.append(finding)
