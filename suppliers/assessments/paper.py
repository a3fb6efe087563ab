"""供应商年度考核表 of one supplier, and the school year's list as a workbook."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from canteen.kit.money import yuan
from canteen.kit.paper import Column, Ledger
from canteen.kit.sheets import Column as SheetColumn
from canteen.kit.sheets import write_xlsx
from canteen.kit.texts import _, say
from canteen.schools.services.prints import Paper
from suppliers.assessments.rules import CRITERIA, OUTCOME_NAMES, Criterion, Figures, Mark
from suppliers.assessments.services import Assessed


def said_year(year: int) -> str:
    """`2025–2026`."""
    return f"{year}–{year + 1}"


def said_permille(permille: int | None) -> str:
    """63 permille is `6.3%`."""
    return "–" if permille is None else f"{permille / 10:g}%"


def assessment_ledger(one: Assessed, year: int, school: str, lang: str) -> Ledger:
    """The yearly assessment form of one supplier: what was measured, marks, weights, outcome, signatures."""
    marks = {mark.key: mark for mark in one.marks}
    return Ledger(
        title=say(lang, _("Yearly assessment of a supplier")),
        school=school,
        period=say(lang, _("School year {year}"), year=said_year(year)),
        columns=_columns(lang),
        rows=[_row(criterion, marks[criterion.key], one.figures, lang) for criterion in CRITERIA],
        meta=(say(lang, _("Supplier: {supplier}"), supplier=one.supplier.name), _came(one.figures, lang)),
        total=(say(lang, _("Score of 100")), "", "", "", str(one.score)),
        notices=_notices(one, lang),
        signatures=[
            say(lang, title)
            for title in (_("Assessed by"), _("Food safety officer"), _("Principal"), _("Supplier (seal)"))
        ],
        lang=lang,
    )


def assessment_paper(one: Assessed, year: int, ledger: Ledger) -> Paper:
    """How the register knows it; `ledger` is drawn in Chinese."""
    content = msgspec.json.encode([ledger.period, list(ledger.rows), list(ledger.notices), one.score])
    subject = f"assessment_{year}"
    return Paper("assessments.form", subject, one.supplier.id, ledger.title, content, to_sign=True)


def assessments_workbook(rows: Iterable[Assessed], year: int, lang: str) -> bytes:
    """The school year's suppliers as XLSX."""
    columns = [
        SheetColumn(say(lang, _("School year"))),
        SheetColumn(say(lang, _("Supplier")), width=28),
        SheetColumn(say(lang, _("Deliveries in the year")), "number"),
        SheetColumn(say(lang, _("Accepted (yuan)")), "fen"),
        SheetColumn(say(lang, _("Refused (yuan)")), "fen"),
        *(SheetColumn(say(lang, criterion.name), "number", 18) for criterion in CRITERIA),
        SheetColumn(say(lang, _("Score of 100")), "number"),
        SheetColumn(say(lang, _("Outcome")), width=18),
        SheetColumn(say(lang, _("Reason")), width=28),
    ]
    return write_xlsx(columns, (_cells(one, year, lang) for one in rows))


def _cells(one: Assessed, year: int, lang: str) -> Sequence[Any]:
    figures = one.figures
    outcome = say(lang, OUTCOME_NAMES[one.outcome]) if one.row else say(lang, _("not assessed yet"))
    marks = [mark.mark for mark in one.marks]
    head = (said_year(year), one.supplier.name, figures.deliveries, figures.accepted_fen, figures.refused_fen)
    return (*head, *marks, one.score, outcome, one.row["reason"] if one.row else "")


def _columns(lang: str) -> tuple[Column, ...]:
    return (
        Column(say(lang, _("Criterion")), 3),
        Column(say(lang, _("Measured")), 2.4),
        Column(say(lang, _("Full marks to none")), 1.8),
        Column(say(lang, _("Weight")), 0.8, "right"),
        Column(say(lang, _("Mark")), 0.8, "right"),
    )


def _row(criterion: Criterion, mark: Mark, figures: Figures, lang: str) -> list[str]:
    bounds = (
        f"{said_permille(criterion.full)} – {said_permille(criterion.none)}" if criterion.none else "100 – 0"
    )
    given = "–" if mark.mark is None else str(mark.mark)
    return [say(lang, criterion.name), measured(mark, figures, lang), bounds, str(criterion.weight), given]


def measured(mark: Mark, figures: Figures, lang: str) -> str:
    """What a mark was given for, in figures."""
    share = said_permille(mark.permille)
    match mark.key:
        case "quantity":
            lines = {"refused": figures.refused_lines, "lines": figures.lines, "share": share}
            return say(lang, _("{share} ({refused} of {lines} lines)"), **lines)
        case "value":
            return say(lang, _("{share} ({yuan} yuan)"), share=share, yuan=yuan(figures.refused_fen))
        case "late":
            return say(
                lang,
                _("{share} ({late} of {ordered})"),
                share=share,
                late=figures.late,
                ordered=figures.ordered,
            )
        case "papers":
            counts = {"gaps": figures.gaps, "exceptions": figures.exceptions}
            return say(lang, _("{share} ({gaps} gaps, {exceptions} exceptions)"), share=share, **counts)
        case "price":
            return say(lang, _("{share} ({lines} lines compared)"), share=share, lines=figures.compared_lines)
    return "–"


def _came(figures: Figures, lang: str) -> str:
    facts = {"deliveries": figures.deliveries, "yuan": yuan(figures.accepted_fen)}
    return say(lang, _("Deliveries: {deliveries}, accepted {yuan} yuan"), **facts)


def _notices(one: Assessed, lang: str) -> tuple[str, ...]:
    rule = say(lang, _("Marks fall straight between the bounds; what could not be measured is left out."))
    if one.row is None:
        return (rule, say(lang, _("Not decided yet.")))
    decided = say(lang, _("Decided: {outcome}"), outcome=say(lang, OUTCOME_NAMES[one.outcome]))
    reason = say(lang, _("Reason: {reason}"), reason=one.row["reason"])
    return (rule, decided, reason) if one.row["reason"] else (rule, decided)
