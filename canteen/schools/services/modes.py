"""How canteens are run, and the canteens themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from msgspec.structs import asdict

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, refuse_if
from canteen.schools.forms import CanteenForm, ModeForm
from canteen.schools.rules.modes import Mode, Running, mode_warnings, running_findings
from canteen.schools.services.profile import profile_of
from canteen.schools.tables import CanteenMode
from canteen.tenants import services as tree
from canteen.tenants.tables import Canteen


@dataclass(frozen=True, slots=True)
class Run:
    """A canteen, how it is run on a day (None: nobody has said, so by the school itself) and the warnings."""

    canteen: Canteen
    row: CanteenMode | None
    warnings: Sequence[Finding]

    @property
    def mode(self) -> Mode:
        """How it is run."""
        return Mode(self.row.mode) if self.row else Mode.SELF_RUN


async def set_mode(actor: Actor, canteen: int, form: ModeForm, *, now: datetime) -> CanteenMode:
    """Say how a canteen is run from a day on. Raises Missing, Forbidden for another canteen, Refused."""
    refuse_other_canteen(actor, canteen)
    plan = (await profile_of(actor.school)).nutrition_plan
    refuse_if(running_findings(form.running(), nutrition_plan=plan, on=local_day(now)))
    async with write():
        await tree.canteen_of(actor.school, canteen)
        made = _row(actor, canteen, form, now)
        await made.save()
        await record(
            actor, "schools.set_mode", subject="canteen", subject_id=canteen, after=asdict(form), now=now
        )
    return made


async def open_canteen(actor: Actor, form: CanteenForm, *, now: datetime) -> Canteen:
    """One more canteen of the school. Raises Forbidden for who acts at some canteens only."""
    refuse_other_canteen(actor, None)
    async with write():
        made = await tree.add_canteen(actor.school, form.name, now=now)
        after = {"name": made.name, "number": made.number}
        await record(
            actor, "schools.open_canteen", subject="canteen", subject_id=made.id, after=after, now=now
        )
    return made


async def name_canteen(actor: Actor, canteen: int, form: CanteenForm, *, now: datetime) -> Canteen:
    """Another name for a canteen. Raises Missing, Forbidden."""
    refuse_other_canteen(actor, canteen)
    async with write():
        before = {"name": (await tree.canteen_of(actor.school, canteen)).name}
        named = await tree.rename_canteen(actor.school, canteen, form.name)
        await record(
            actor,
            "schools.name_canteen",
            subject="canteen",
            subject_id=canteen,
            before=before,
            after=asdict(form),
            now=now,
        )
    return named


async def runs(school: int, on: date) -> list[Run]:
    """Every canteen of a school with the way it is run on a day."""
    here = (CanteenMode.school == school) & (CanteenMode.from_day <= on)
    rows = await CanteenMode.objects().where(here).order_by(CanteenMode.from_day, CanteenMode.id)
    latest = {row.canteen: row for row in rows}
    plan = (await profile_of(school)).nutrition_plan
    return [
        Run(canteen, latest.get(canteen.id), _warnings(latest.get(canteen.id), plan, on))
        for canteen in await tree.canteens_of(school)
    ]


async def modes_of(school: int, canteen: int) -> list[CanteenMode]:
    """The ways a canteen has been run, the latest first."""
    here = (CanteenMode.school == school) & (CanteenMode.canteen == canteen)
    order = CanteenMode.objects().where(here)
    return list(await order.order_by(CanteenMode.from_day, CanteenMode.id, ascending=False))


def _warnings(row: CanteenMode | None, plan: bool, on: date) -> list[Finding]:
    if row is None:
        return []
    running = Running(Mode(row.mode), row.firm, row.contract, row.contract_ends_on, row.licence, row.arrives)
    return mode_warnings(running, nutrition_plan=plan, on=on)


def _row(actor: Actor, canteen: int, form: ModeForm, now: datetime) -> CanteenMode:
    return CanteenMode(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        canteen=canteen,
        from_day=form.from_day,
        mode=form.mode.value,
        firm=form.firm,
        contract=form.contract,
        contract_ends_on=form.contract_ends_on,
        fee=form.fee,
        prices=form.prices,
        allowed_items=form.allowed_items,
        licence=form.licence,
        arrives=form.running().arrives,
    )
