"""What a school of the demo needs for its menus: goods and amounts by day, from whom, and at what price."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from canteen.demo.cast import School
from canteen.demo.founding import Cast
from canteen.demo.licensing import Sellers
from canteen.demo.living import menu_file
from canteen.kit.actor import Actor
from canteen.tenants import services as tenants
from menus.foods.rules import FoodTable
from menus.foods.services import table_of
from suppliers.goods.rules import Category, Good, unit_of, units_of
from suppliers.goods.services import goods_of_foods
from suppliers.purchasing.forms.deliveries import SecondForm

SELLER: Mapping[Category, str] = {
    Category.GRAIN: "bakery",
    Category.PRODUCE: "greens",
    Category.EGG: "greens",
    Category.PORK: "pork",
    Category.MEAT: "poultry",
    Category.MEAT_PRODUCT: "poultry",
    Category.AQUATIC: "poultry",
    Category.SOY: "soy",
    Category.DAIRY: "dairy",
}
"""Who brings what is cooked the same day; grain, oil and condiments come to the store week by week."""


BREAD, AT_THE_DOOR = "软面包", 5


@dataclass(frozen=True, slots=True)
class Need:
    """So many grams of a good for one day of the school."""

    good: Good
    grams: int

    @property
    def is_fresh(self) -> bool:
        """Whether it comes on the day it is cooked."""
        return self.good.name == BREAD or self.good.category in SELLER.keys() - {Category.GRAIN}

    @property
    def count(self) -> int:
        """Whole units that are ordered."""
        return -(-self.grams // unit_quantity(self.good))


@dataclass(frozen=True, slots=True)
class Shop:
    """A school that buys: who, for which canteen, from whom, and what its menu needs on each weekday."""

    cast: Cast
    school: School
    canteen: int
    sellers: Sellers
    folder: Path
    days: Sequence[date]
    needs: Mapping[int, Sequence[Need]]
    greens: Mapping[int, Good]
    rates: Mapping[int, int]

    @property
    def door_days(self) -> Sequence[date]:
        """The days on which goods were taken in here; the earlier ones were taken over from a file."""
        return self.days[-AT_THE_DOOR:]

    @property
    def buyer(self) -> Actor:
        """Who takes the goods in."""
        return self.cast.actor(self.school.buyer)

    @property
    def keeper(self) -> Actor:
        """Who keeps the store."""
        return self.cast.actor(self.school.storekeeper)

    @property
    def second(self) -> SecondForm:
        """Who looks at the goods too, with the PIN."""
        return SecondForm(self.cast.people[self.school.second], self.cast.pins[self.school.second])

    def seller_of(self, good: Good) -> str:
        """Who brings a good that is cooked the same day."""
        seller = SELLER[good.category]
        return "greens" if self.school.one_company and seller != "bakery" else seller

    def day_needs(self, day: date) -> Sequence[Need]:
        """What is cooked on a day."""
        return self.needs.get(day.weekday(), ())

    def store_needs(self, days: Sequence[date]) -> list[Need]:
        """What the store gives for these days together."""
        sums: dict[int, Need] = {}
        for need in (need for day in days for need in self.day_needs(day) if not need.is_fresh):
            before = sums[need.good.id].grams if need.good.id in sums else 0
            sums[need.good.id] = Need(need.good, before + need.grams)
        return list(sums.values())

    def price(self, good: Good, day: date) -> int:
        """Fen for one unit; it moves by some per cent from day to day."""
        percent = 96 + (day.toordinal() * 7 + good.id * 13) % 9
        fen = self.rates.get(good.id, 1000) * unit_quantity(good) * percent // 100_000
        step = 5 if fen < 5000 else 50
        return max(fen // step * step, step)


async def shop_of(cast: Cast, school: School, sellers: Sellers, folder: Path, days: Sequence[date]) -> Shop:
    """The school's shop with what its published menu needs."""
    tenant = cast.tenants[school.code]
    table = await table_of(tenant)
    rows = list(csv.DictReader(io.StringIO(menu_file(school).decode("utf-8-sig"))))
    prices = _prices()
    goods = await _goods(tenant, table, [*(row["食材"] for row in rows), *prices])
    (canteen,) = await tenants.canteens_of(tenant)
    needs = _needs(rows, goods, school.heads)
    rates = {goods[food].id: fen for food, fen in prices.items() if food in goods}
    return Shop(cast, school, canteen.id, sellers, folder, days, needs, _greens(rows, goods), rates)


def unit_quantity(good: Good) -> int:
    """Grams or pieces of the unit in which it is bought."""
    return unit_of(units_of(good), good.unit).quantity


async def _goods(tenant: int, table: FoodTable, foods: Sequence[str]) -> dict[str, Good]:
    """The good of each food of the menus, the one of the same name first."""
    codes = {food: found.code for food in foods if (found := table.find(food))}
    known = await goods_of_foods(tenant, set(codes.values()))
    return {
        food: min(known[code], key=lambda good: (food not in good.names, good.id))
        for food, code in codes.items()
        if known[code]
    }


def _needs(rows: Sequence[Mapping[str, str]], goods: Mapping[str, Good], heads: int) -> dict[int, list[Need]]:
    """What each weekday of the menu needs, each good once."""
    sums: dict[tuple[int, Good], float] = {}
    for row in rows:
        if good := goods.get(row["食材"]):
            key = (date.fromisoformat(row["日期"]).weekday(), good)
            sums[key] = sums.get(key, 0) + float(row["克重"]) * heads
    found: dict[int, list[Need]] = {}
    for (weekday, good), grams in sums.items():
        found.setdefault(weekday, []).append(Need(good, round(grams)))
    return found


def _greens(rows: Sequence[Mapping[str, str]], goods: Mapping[str, Good]) -> dict[int, Good]:
    """What most of each weekday's vegetable dish is made of."""
    dishes = [row for row in rows if row["类别"] == "素菜" and row["食材"] in goods]
    dishes.sort(key=lambda row: float(row["克重"]))
    return {date.fromisoformat(row["日期"]).weekday(): goods[row["食材"]] for row in dishes}


def _prices() -> dict[str, int]:
    """Fen a kilogram by food, the prices that the planners work with."""
    text = files("canteen.demo").joinpath("data/prices.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return {row["食材"]: round(float(row["元每公斤"]) * 100) for row in rows}
