"""A policy file (TOML): `composition.meat/vegetable/soup`, `meat_share`, `eggs_are_meat`, `strict`."""

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from canteen.kit.sheets import BadFile, RowError
from canteen.kit.texts import _
from menus.weeks.rules import PRESETS, Composition, Policy

TWO_TWO_ONE = PRESETS["two_meats_two_vegetables_one_soup"]
DEFAULT = Policy()


class _Wrong(ValueError):
    """The value is not what the key asks for."""


def read_policy(data: bytes, filename: str) -> Policy:
    """The policy of a TOML file; what it leaves out is the default. Raises BadFile with every error."""
    found = _flat(_parsed(data, filename))
    errors, values = [], {key: default for key, (default, _reader, _expected) in KEYS.items()}
    for key, value in found.items():
        try:
            values[key] = KEYS[key][1](value)
        except KeyError:
            errors.append(RowError(filename, 0, key, str(value), _("one of {words}"), {"words": list(KEYS)}))
        except _Wrong:
            errors.append(RowError(filename, 0, key, str(value), KEYS[key][2]))
    if errors:
        raise BadFile(errors)
    return _policy(values)


def _policy(values: Mapping[str, Any]) -> Policy:
    counts = {key: values[f"composition.{key}"] for key in ("meat", "vegetable", "soup")}
    others = {key: value for key, value in values.items() if "." not in key}
    return Policy(composition=Composition(**counts), **others)


def _parsed(data: bytes, filename: str) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError) as problem:  # wrong bytes, wrong TOML, endless digits or brackets
        found = str(problem).splitlines()[0]
        raise BadFile([RowError(filename, 0, "", found, _("This is no TOML file in UTF-8."))]) from None


def _flat(tables: Mapping[str, Any]) -> dict[str, Any]:
    """`[composition] meat = 2` as `composition.meat`; a table elsewhere keeps its name and is refused."""
    flat: dict[str, Any] = {}
    for key, value in tables.items():
        if key == "composition" and isinstance(value, dict):
            flat |= {f"composition.{inner}": count for inner, count in value.items()}
        else:
            flat[key] = value
    return flat


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 20:
        raise _Wrong
    return value


def _share(value: Any) -> Fraction:
    number = value if isinstance(value, Decimal | int) and not isinstance(value, bool) else Decimal("NaN")
    if (isinstance(number, Decimal) and not number.is_finite()) or not 0 <= number <= 1:
        raise _Wrong
    return Fraction(number)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Wrong
    return value


COUNT, SHARE, FLAG = _("a whole number from 0 to 20"), _("a number from 0 to 1"), _("true or false")
KEYS: Mapping[str, tuple[Any, Callable[[Any], Any], str]] = {
    "composition.meat": (TWO_TWO_ONE.meat, _count, COUNT),
    "composition.vegetable": (TWO_TWO_ONE.vegetable, _count, COUNT),
    "composition.soup": (TWO_TWO_ONE.soup, _count, COUNT),
    "meat_share": (DEFAULT.meat_share, _share, SHARE),
    "eggs_are_meat": (DEFAULT.eggs_are_meat, _flag, FLAG),
    "strict": (DEFAULT.strict, _flag, FLAG),
}
