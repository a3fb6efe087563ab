"""Policies: deciding, giving back, and asking what holds on a day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, Missing, Refused, error, refuse_if
from canteen.kit.texts import _
from canteen.schools.rules.keys import POLICIES
from canteen.schools.rules.policies import Policy, Row, Standing, Value, notices, standing, value_findings
from canteen.schools.tables import Decision
from canteen.tenants import services as tree
from canteen.tenants.tables import Tenant


@dataclass(frozen=True, slots=True)
class Held:
    """A policy as it holds at a school: the value, whose decision it is, and the lines that stay with it."""

    policy: Policy
    standing: Standing
    tenant: Tenant | None
    notices: Sequence[Finding]

    @property
    def value(self) -> Value:
        """What holds."""
        return self.standing.value


async def decide(
    actor: Actor, key: str, value: Value, *, from_day: date, locked: bool = False, now: datetime
) -> Decision:
    """Decide a policy for the actor's school or district, from a day on.

    Raises Missing for an unknown key; Refused when the value is out of bounds, the key is locked from above,
    or the day is past and the tenant had decided before.
    """
    policy = policy_of(key)
    made = _decision(actor, key, from_day, now)
    made.value, made.locked = msgspec.json.encode(value).decode(), locked
    async with write():
        await _keep(actor, "schools.decide_policy", made, value_findings(policy, value))
    return made


async def enter_first(actor: Actor, key: str, value: Value, *, now: datetime) -> None:
    """Step: a new school's first answer, from today. Raises Missing, and Refused when it is out of bounds."""
    refuse_if(value_findings(policy_of(key), value))
    made = _decision(actor, key, local_day(now), now)
    made.value = msgspec.json.encode(value).decode()
    await made.save()


async def give_back(actor: Actor, key: str, *, from_day: date, now: datetime) -> Decision:
    """Leave a policy to whoever stands above again. Raises Missing, and Refused for a past day."""
    policy_of(key)
    made = _decision(actor, key, from_day, now)
    async with write():
        await _keep(actor, "schools.give_back_policy", made, [])
    return made


async def policy(school: int, key: str, on: date) -> Value:
    """What holds at a school on a day. Raises Missing for an unknown key."""
    policy_of(key)
    return (await _standings([key], school, on))[key].value


async def values_on(school: int, keys: Sequence[str], on: date) -> dict[str, Value]:
    """What holds of several keys at a school on a day: for who needs neither owners nor lines."""
    return {key: found.value for key, found in (await _standings(keys, school, on)).items()}


async def values_by_day(
    school: int, keys: Sequence[str], days: Collection[date]
) -> dict[date, dict[str, Value]]:
    """What holds of several keys at a school on each of several days, in as many queries as for one day."""
    line = [school, *(above.id for above in await tree.ancestors(school))]
    rows = await _rows(keys, line, max(days)) if days else []
    return {day: {key: standing(POLICIES[key], rows, line, day).value for key in keys} for day in days}


async def policies(school: int, on: date) -> dict[str, Held]:
    """Everything that holds at a school on a day, by key, in the order of the table."""
    found = await _standings(POLICIES, school, on)
    owners = await tree.tenants({s.tenant for s in found.values() if s.tenant is not None})
    return {
        key: Held(POLICIES[key], s, owners.get(s.tenant or 0), notices(key, s.value))
        for key, s in found.items()
    }


async def policies_of_schools(schools: Sequence[int], key: str, on: date) -> dict[int, Value]:
    """What holds of one key at each of several schools: for the district's lists."""
    lines = await _lines(schools)
    rows = await _rows([key], {tenant for line in lines.values() for tenant in line}, on)
    return {school: standing(POLICIES[key], rows, line, on).value for school, line in lines.items()}


async def decisions_of(school: int, key: str) -> list[Decision]:
    """A tenant's own decisions of one key, the latest first."""
    here = (Decision.school == school) & (Decision.key == key)
    order = Decision.objects().where(here).order_by(Decision.from_day, Decision.id, ascending=False)
    return list(await order)


def policy_of(key: str) -> Policy:
    """The policy of that key. Raises Missing."""
    if key not in POLICIES:
        raise Missing(key)
    return POLICIES[key]


def decoded(text: str | None) -> Value:
    """The value a decision keeps."""
    value: Value = None if text is None else msgspec.json.decode(text)
    return value


async def _standings(keys: Iterable[str], school: int, on: date) -> dict[str, Standing]:
    line = [school, *(above.id for above in await tree.ancestors(school))]
    wanted = list(keys)
    rows = await _rows(wanted, line, on)
    return {key: standing(POLICIES[key], rows, line, on) for key in wanted}


async def _lines(schools: Sequence[int]) -> dict[int, list[int]]:
    """Each school with those above it, nearest first: at most three queries for all of them."""
    lines = {school: [school] for school in schools}
    ends = {school: school for school in schools}
    while ends:
        known = await tree.tenants(set(ends.values()))
        ends = {s: known[end].parent for s, end in ends.items() if known[end].parent is not None}
        for school, above in ends.items():
            lines[school].append(above)
    return lines


async def _rows(keys: Sequence[str], tenants: Iterable[int], on: date) -> list[Row]:
    here = Decision.school.is_in(list(tenants)) & Decision.key.is_in(list(keys)) & (Decision.from_day <= on)
    return [_row(d) for d in await Decision.objects().where(here)]


def _row(d: Decision) -> Row:
    return Row(d.school, d.key, d.from_day, decoded(d.value), d.value is not None, d.locked, d.id)


def _lock_findings(before: Standing, school: int) -> list[Finding]:
    if not before.locked or before.tenant == school:
        return []
    return [error("policy_locked", _("The district has laid this down; a school cannot change it."), "value")]


async def _refuse_the_past(made: Decision) -> None:
    """A first decision may hold from an earlier day; later ones never change what has been."""
    if made.from_day >= local_day(made.entered_at):
        return
    if await Decision.exists().where((Decision.school == made.school) & (Decision.key == made.key)):
        message = _("A change cannot hold from a day that has passed.")
        raise Refused([error("past_day", message, "from_day")])


def _decision(actor: Actor, key: str, from_day: date, now: datetime) -> Decision:
    return Decision(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        key=key,
        from_day=from_day,
        value=None,
        locked=False,
    )


async def _keep(actor: Actor, deed: str, made: Decision, findings: list[Finding]) -> None:
    before = (await _standings([made.key], actor.school, made.from_day))[made.key]
    refuse_if(findings + _lock_findings(before, actor.school))
    await _refuse_the_past(made)
    await made.save()
    await record(
        actor,
        deed,
        subject="policy",
        subject_id=made.id,
        before={"key": made.key, "value": before.value, "from_day": before.from_day},
        after={
            "key": made.key,
            "value": decoded(made.value),
            "from_day": made.from_day,
            "locked": made.locked,
        },
        now=made.entered_at,
    )
