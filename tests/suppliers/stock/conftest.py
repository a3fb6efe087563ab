"""A store with rice, oil and cabbage, and a second person with a PIN, for the tests of this room."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from canteen.accounts.rules import Role
from canteen.accounts.services.passwords import hash_now
from canteen.accounts.tables import Pin
from canteen.kit.actor import Actor
from canteen.schools.rules.calendar import MealName
from canteen.tenants.services import canteens_of
from suppliers.goods import services as goods
from suppliers.goods.forms import TakeForm
from suppliers.stock import services
from suppliers.stock.forms import IssueForm, IssueLine, OpeningForm, OpeningLine
from suppliers.stock.tables import Lot
from tests.cast import NOW, TODAY
from tests.make import Cast, give_role, make_cast

PIN = "5937"
NAMES = ("大米", "菜籽油", "大白菜", "鸡蛋")


@cache
def pin_hash() -> str:
    """The PIN as it is kept; hashed once."""
    return hash_now(PIN)


@dataclass
class Store:
    """The first school's store: who keeps it, where, and the goods by name."""

    cast: Cast
    canteen: int = 0
    goods: dict[str, int] = field(default_factory=dict)

    @property
    def keeper(self) -> Actor:
        """陈师傅, who keeps the store."""
        return self.cast.actor("chen")

    @property
    def witness(self) -> int:
        """何厨师, who has a PIN."""
        return self.cast.people["he"]

    async def opened(self, *lines: OpeningLine, day: date = TODAY) -> list[Lot]:
        """What lay there, as lots in the order given."""
        form = OpeningForm(self.canteen, day, lines)
        slip = await services.enter_opening(self.keeper, form, now=NOW)
        return [line.lot for line in (await services.slip_view(self.cast.school, slip)).lines]

    async def issued(self, good: str, milli: int, unit: str = "公斤", lot: int | None = None) -> int:
        """So much to lunch; the slip's id."""
        line = IssueLine(self.goods[good], milli, unit, lot)
        form = IssueForm(self.canteen, TODAY, (line,), MealName.LUNCH)
        return await services.issue(self.keeper, form, now=NOW)

    async def left(self, lots: Sequence[Lot]) -> list[int]:
        """What is left of lots."""
        rows = await services.lots_by_ids(self.cast.school, [lot.id for lot in lots])
        return [rows[lot.id].quantity_left for lot in lots]


def line(good: str, kilograms: float, price: int = 500, days: int | None = None, **more: Any) -> OpeningLine:
    """So many kilograms at fen a kilogram that expire in so many days."""
    expires = None if days is None else TODAY + timedelta(days=days)
    return OpeningLine(good, round(kilograms * 1000), "公斤", price, expires_on=expires, **more)


@pytest.fixture
async def store(database: str) -> Store:
    """The store on each engine in turn."""
    return await make_store()


@pytest.fixture
async def house(sqlite: str) -> Store:
    """The same on SQLite only: for pages."""
    return await make_store()


async def make_store() -> Store:
    """The cast, the goods of the starter list, and 何厨师 as storekeeper with a PIN."""
    cast = await make_cast()
    await give_role(cast.people["he"], cast.school, Role.STOREKEEPER)
    await Pin(school=cast.school, person=cast.people["he"], pin=pin_hash(), set_at=NOW).save()
    made = Store(cast, (await canteens_of(cast.school))[0].id)
    await goods.take_goods(made.keeper, TakeForm(names=NAMES), now=NOW)
    known = await goods.goods_by_name(cast.school)
    made.goods = {name: known[name].id for name in NAMES}
    return made
