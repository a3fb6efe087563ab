"""Findings as they are kept with a delivery, so that every later report says them in any language."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from canteen.kit.problems import Finding, Level
from canteen.kit.texts import Word


def kept_findings(findings: Iterable[Finding]) -> str:
    """Findings as JSON; days and words, which JSON does not know, are marked."""
    rows = [
        {
            "rule": f.rule,
            "level": f.level.value,
            "message": f.message,
            "at": f.at,
            "facts": {name: _kept(value) for name, value in f.facts.items()},
        }
        for f in findings
    ]
    return msgspec.json.encode(rows).decode()


def read_findings(text: str) -> list[Finding]:
    """The findings that were kept."""
    rows: list[dict[str, Any]] = msgspec.json.decode(text)
    return [_read_finding(**row) for row in rows]


def _read_finding(rule: str, level: str, message: str, at: str, facts: Mapping[str, Any]) -> Finding:
    return Finding(rule, Level(level), message, _read_facts(facts), at)


def _read_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _read(value) for name, value in facts.items()}


def _kept(value: Any) -> Any:
    if isinstance(value, Word):
        return {"word": str(value)}
    if isinstance(value, date):
        return {"day": value}
    return [_kept(one) for one in value] if isinstance(value, list | tuple) else value


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return [_read(one) for one in value]
    if isinstance(value, dict):
        return Word(value["word"]) if "word" in value else date.fromisoformat(value["day"])
    return value
