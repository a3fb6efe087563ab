"""The paper matrix of a school: the shipped rows under those that district and school decided."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, error, refuse_if
from canteen.kit.texts import _
from canteen.tenants.rules import TenantKind
from canteen.tenants.services import ancestors, tenant
from canteen.tenants.tables import Tenant
from suppliers.goods.forms import NeedForm
from suppliers.goods.rules import (
    Category,
    Layer,
    Matrix,
    Need,
    PaperKind,
    PaperNeedRule,
    Per,
    Source,
    loosens,
    shipped_needs,
)
from suppliers.goods.tables import PaperNeed

LAYERS: Mapping[str, Layer] = {
    TenantKind.DISTRICT: Layer.DISTRICT,
    TenantKind.CENTRAL: Layer.CENTRAL,
    TenantKind.SCHOOL: Layer.SCHOOL,
}


async def matrix_on(school: int, on: date) -> Matrix:
    """Which papers what needs at a school on a day: `matrix_on(…).needs(category, source)`."""
    line = [await tenant(school), *await ancestors(school)]
    return Matrix(on, [*shipped_needs(), *await _decided(line)])


async def _decided(line: Sequence[Tenant]) -> list[PaperNeedRule]:
    """Every row that somebody in the line of tenants has decided, whatever its day."""
    by_id = {one.id: one for one in line}
    rows = await PaperNeed.select().where(PaperNeed.school.is_in(list(by_id))).order_by(PaperNeed.id)
    return [_rule(row, by_id[row["school"]]) for row in rows]


def _rule(row: Mapping[str, Any], by: Tenant) -> PaperNeedRule:
    return PaperNeedRule(
        category=Category(row["category"]),
        source=Source(row["source"]),
        paper=PaperKind(row["paper"]),
        per=Per(row["per"]),
        need=Need(row["need"]),
        from_day=row["from_day"],
        one_of=row["one_of"],
        condition=row["condition"],
        text=row["reason"],
        layer=LAYERS[by.kind],
        tenant=by.name,
        row=row["id"],
        locked=row["locked"],
    )


async def decide_need(actor: Actor, form: NeedForm, *, now: datetime) -> int:
    """Decide from a day on whether a category needs a paper from a source; returns the new row's id.

    Nothing is overwritten: a decision is taken back by another one. Raises Refused for a past day, a row that
    is locked from above, and a school that asks less than its district or the shipped matrix does.
    """
    async with write():
        by = await tenant(actor.school)
        matrix = await matrix_on(actor.school, form.from_day)
        refuse_if([*_day_findings(form, local_day(now)), *_power_findings(form, matrix, by)])
        row = _row(actor, form, by, now)
        await row.save()
        before = standing_need(matrix, form)
        await record(
            actor,
            "goods.decide_need",
            subject="paper_need",
            subject_id=row.id,
            before=told(before) if before else None,
            after=told(_rule(row.to_dict(), by)),
            now=now,
        )
    return int(row.id)


def standing_need(matrix: Matrix, form: NeedForm) -> PaperNeedRule | None:
    """What holds so far for the paper that a decision is about."""
    asked = (form.paper, form.per)
    found = matrix.needs(form.category, form.source)
    return next((need for need in found if (need.paper, need.per) == asked), None)


def _day_findings(form: NeedForm, today: date) -> list[Finding]:
    if form.from_day >= today:
        return []
    message = _("Purchases of past days keep the rule they were made by: choose {today} or later.")
    return [error("need_past", message, "from_day", today=today)]


def _power_findings(form: NeedForm, matrix: Matrix, by: Tenant) -> list[Finding]:
    before, layer = standing_need(matrix, form), LAYERS[by.kind]
    findings = []
    if any(_locks(row, form, layer) for row in matrix.rows):
        findings.append(error("need_locked", _("This row is locked from above."), "paper"))
    if by.parent is not None and layer is Layer.SCHOOL and loosens(before, form.need):
        message = _("A school may ask for more papers, not for fewer: the district decides that.")
        findings.append(error("need_loosened", message, "need"))
    return findings


def _locks(row: PaperNeedRule, form: NeedForm, layer: Layer) -> bool:
    key = (form.category, form.source, form.paper, form.per)
    return row.locked and row.layer < layer and row.key == key and row.from_day <= form.from_day


def _row(actor: Actor, form: NeedForm, by: Tenant, now: datetime) -> PaperNeed:
    return PaperNeed(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        category=form.category.value,
        source=form.source.value,
        paper=form.paper.value,
        per=form.per.value,
        need=form.need.value,
        one_of=form.one_of,
        condition=form.condition,
        from_day=form.from_day,
        locked=form.locked and by.kind != TenantKind.SCHOOL,
        reason=form.reason,
    )


def told(rule: PaperNeedRule) -> dict[str, Any]:
    """A row as the trail tells it."""
    return {
        "category": rule.category,
        "source": rule.source,
        "paper": rule.paper,
        "per": rule.per,
        "need": rule.need,
        "one_of": rule.one_of,
        "condition": rule.condition,
        "from_day": rule.from_day,
        "locked": rule.locked,
        "reason": rule.text,
    }
