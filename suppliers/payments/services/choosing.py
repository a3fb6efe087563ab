"""What a form about money offers: sellers, deliveries with something left to account for, buyers."""

from datetime import date, timedelta

from canteen.accounts.services.places import on_day
from canteen.accounts.tables import Membership
from suppliers.licences.services.reading import sellers
from suppliers.payments.rules import SIGNERS, Signed
from suppliers.payments.services.linking import linked_fen
from suppliers.payments.services.statements import Taken
from suppliers.purchasing.services.accounted import taken_between

BACK = timedelta(days=180)


async def seller_choices(school: int) -> list[tuple[int, str]]:
    """The suppliers of a school by sound."""
    return [(row.id, row.name) for row in await sellers(school)]


async def buyer_choices(school: int, day: date) -> list[tuple[int, str]]:
    """Those who may be given cash in advance."""
    here = (Membership.tenant == school) & on_day(day)
    here &= Membership.role.is_in([role.value for role in SIGNERS[Signed.HANDLED]])
    person, name = Membership.person, Membership.person.name
    rows = await Membership.select(person.as_alias("person"), name.as_alias("name")).where(here)
    return sorted({(row["person"], row["name"]) for row in rows}, key=lambda pair: pair[1])


async def open_deliveries(school: int, supplier: int | None, today: date, slip: int = 0) -> list[Taken]:
    """Deliveries of the last half year with something left, the slip at hand not counted."""
    rows = [
        row for row in await taken_between(school, today - BACK, today, supplier) if row.supplier == supplier
    ]
    used = await linked_fen(school, [row.id for row in rows], but=slip)
    taken = [Taken(row, used.get(row.id, 0)) for row in rows]
    return [one for one in taken if one.open_fen > 0]
