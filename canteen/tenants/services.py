"""The tree of tenants. What changes it are steps: the deeds of other rooms that call them leave the trail."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from canteen.kit.problems import Missing, Refused, error
from canteen.kit.texts import _
from canteen.tenants.rules import (
    ALPHABET,
    CODE_LENGTH,
    TenantKind,
    code_findings,
    place_findings,
    read_code,
)
from canteen.tenants.tables import Canteen, Tenant


async def create_district(*, code: str, name: str, now: datetime) -> Tenant:
    """Step: a district. Raises Refused for a bad or taken code or a blank name."""
    return await _create(TenantKind.DISTRICT, code, name, None, now)


async def create_central(*, code: str, name: str, parent: int, now: datetime) -> Tenant:
    """Step: a central school under a district. Raises Refused, and Missing when there is no such parent."""
    return await _create(TenantKind.CENTRAL, code, name, parent, now)


async def create_school(*, code: str, name: str, now: datetime, parent: int | None = None) -> Tenant:
    """Step: a school with its first canteen, alone or under a district or central school. Raises Refused."""
    school = await _create(TenantKind.SCHOOL, code, name, parent, now)
    await Canteen(school=school.id, number=1, name=school.name, created_at=now).save()
    return school


async def add_canteen(school: int, name: str, *, now: datetime) -> Canteen:
    """Step: one more canteen of a school. Raises Refused for a blank name, Missing when it is no school."""
    if (await tenant(school)).kind != TenantKind.SCHOOL:
        raise Missing
    number = (await Canteen.count().where(Canteen.school == school)) + 1
    made = Canteen(school=school, number=number, name=_named(name), created_at=now)
    await made.save()
    return made


async def rename_canteen(school: int, canteen: int, name: str) -> Canteen:
    """Step: another name for a canteen. Raises Missing for a canteen of another school."""
    found = await canteen_of(school, canteen)
    found.name = _named(name)
    await found.save([Canteen.name])
    return found


async def tenant(id_: int) -> Tenant:
    """One tenant. Raises Missing."""
    return _there(await Tenant.objects().where(Tenant.id == id_).first())


async def tenant_by_code(code: str) -> Tenant:
    """The tenant known by a code as somebody typed it. Raises Missing."""
    return _there(await Tenant.objects().where(Tenant.code == read_code(code)).first())


async def tenants(ids: Iterable[int]) -> dict[int, Tenant]:
    """Several tenants by id, in one query; ids that nobody has are left out."""
    wanted = list(ids)
    if not wanted:
        return {}
    return {t.id: t for t in await Tenant.objects().where(Tenant.id.is_in(wanted))}


async def ancestors(id_: int) -> list[Tenant]:
    """What stands above a tenant, nearest first: at most a central school and a district."""
    found: list[Tenant] = []
    above = (await tenant(id_)).parent
    while above is not None:
        found.append(await tenant(above))
        above = found[-1].parent
    return found


async def centrals_under(district: int) -> list[Tenant]:
    """The central schools of a district, by name."""
    here = (Tenant.parent == district) & (Tenant.kind == TenantKind.CENTRAL.value)
    return list(await Tenant.objects().where(here).order_by(Tenant.name))


async def schools_under(id_: int) -> list[Tenant]:
    """The schools of a district or central school, those of its central schools included, by name.

    Of a school it is the school alone.
    """
    centrals = [central.id for central in await centrals_under(id_)]
    inside = (Tenant.id == id_) | Tenant.parent.is_in([id_, *centrals])
    is_school = Tenant.kind == TenantKind.SCHOOL.value
    return list(await Tenant.objects().where(is_school & inside).order_by(Tenant.name))


async def all_schools() -> list[int]:
    """The ids of every school there is, for work that the house does for each of them by itself."""
    rows = await Tenant.select(Tenant.id).where(Tenant.kind == TenantKind.SCHOOL.value).order_by(Tenant.id)
    return [row["id"] for row in rows]


async def canteens_of(school: int) -> list[Canteen]:
    """The canteens of a school in their order."""
    return list(await Canteen.objects().where(Canteen.school == school).order_by(Canteen.number))


async def canteens_at(schools: Iterable[int]) -> dict[int, list[Canteen]]:
    """The canteens of several schools in their order, in one query."""
    found: dict[int, list[Canteen]] = {school: [] for school in schools}
    here = Canteen.school.is_in(list(found) or [0])
    for canteen in await Canteen.objects().where(here).order_by(Canteen.school, Canteen.number):
        found[canteen.school].append(canteen)
    return found


async def canteen_of(school: int, canteen: int) -> Canteen:
    """One canteen of a school. Raises Missing."""
    here = (Canteen.school == school) & (Canteen.id == canteen)
    found: Canteen | None = await Canteen.objects().where(here).first()
    if found is None:
        raise Missing
    return found


async def any_tenant() -> bool:
    """Whether there is any district or school yet."""
    return bool(await Tenant.exists())


async def free_code() -> str:
    """A code that nobody has yet, for who does not care which."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))
        if not await Tenant.exists().where(Tenant.code == code):
            return code


async def _create(kind: TenantKind, code: str, name: str, parent: int | None, now: datetime) -> Tenant:
    above = await tenant(parent) if parent is not None else None
    code = read_code(code)
    findings = code_findings(code) + place_findings(kind, TenantKind(above.kind) if above else None)
    if not findings and await Tenant.exists().where(Tenant.code == code):
        findings = [error("tenant_code_taken", _("Another school or district has this code."), "code")]
    if findings:
        raise Refused(findings)
    made = Tenant(code=code, kind=kind.value, name=_named(name), parent=parent, created_at=now)
    await made.save()
    return made


def _named(name: str) -> str:
    if not name.strip():
        raise Refused([error("missing", _("This is required."), "name")])
    return name.strip()


def _there(found: Tenant | None) -> Tenant:
    if found is None:
        raise Missing
    return found
