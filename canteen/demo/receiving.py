"""The demo's deliveries: what comes to the door each morning, with its papers, looked at by two people."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

import msgspec

from canteen.demo.shopping import Need, Shop
from canteen.kit.clock import at_local, local_day
from canteen.schools.rules.calendar import MealName
from suppliers.goods.rules import Category, Good, PaperKind, Storage
from suppliers.purchasing.forms.deliveries import BatchPaperForm, DeliveryForm, LineForm
from suppliers.purchasing.rules.senses import LABEL, senses_for
from suppliers.purchasing.services.deliveries import accept

HOURS: Mapping[str, tuple[int, int]] = {
    "greens": (6, 5),
    "pork": (6, 20),
    "poultry": (6, 35),
    "soy": (6, 50),
    "dairy": (8, 40),
    "bakery": (8, 55),
    "grain": (8, 10),
    "spices": (8, 25),
    "stall": (5, 50),
    "farmer": (7, 10),
}
SELLERS = ("greens", "pork", "poultry", "soy", "dairy", "bakery")
"""Who may come on any morning."""

CHECKED_AFTER = timedelta(minutes=12)

WITH_GOODS: Mapping[Category, tuple[PaperKind, ...]] = {
    Category.GRAIN: (PaperKind.RELEASE_CERTIFICATE,),
    Category.OIL: (PaperKind.BATCH_REPORT,),
    Category.PORK: (PaperKind.ANIMAL_QUARANTINE, PaperKind.MEAT_INSPECTION),
    Category.MEAT: (PaperKind.ANIMAL_QUARANTINE,),
    Category.MEAT_PRODUCT: (PaperKind.BATCH_REPORT,),
    Category.EGG: (PaperKind.CONFORMITY,),
    Category.PRODUCE: (PaperKind.CONFORMITY,),
    Category.AQUATIC: (PaperKind.CONFORMITY,),
    Category.SOY: (PaperKind.RELEASE_CERTIFICATE,),
    Category.DAIRY: (PaperKind.BATCH_REPORT,),
    Category.CONDIMENT: (PaperKind.RELEASE_CERTIFICATE,),
}
"""The papers that come with each category (paper matrix of suppliers.goods)."""

MARKS: Mapping[PaperKind, str] = {
    PaperKind.RELEASE_CERTIFICATE: "HG",
    PaperKind.BATCH_REPORT: "JB",
    PaperKind.ANIMAL_QUARANTINE: "DJ",
    PaperKind.MEAT_INSPECTION: "RP",
    PaperKind.CONFORMITY: "CN",
}
SLAUGHTERED = time(4, 30)
CELSIUS_TENTHS: Mapping[Storage, int] = {Storage.CHILLED: 46, Storage.FROZEN: -168}


async def receive_day(shop: Shop, day: date, *, without: str = "") -> None:
    """Everything fresh of a day, a delivery from each seller (`without` one), straight to lunch."""
    for seller in SELLERS:
        needs = fresh_needs(shop, seller, day)
        if needs and seller != without:
            lines = [line_of(shop, need, day, meal=MealName.LUNCH) for need in needs]
            await take(shop, seller, arrival(seller, day), lines, papers_of([n.good for n in needs], day))


def fresh_needs(shop: Shop, seller: str, day: date) -> list[Need]:
    """What that seller brings for the meals of the day."""
    return [need for need in shop.day_needs(day) if need.is_fresh and shop.seller_of(need.good) == seller]


async def receive_store(
    shop: Shop, seller: str, needs: Sequence[Need], day: date, order: int | None = None
) -> None:
    """Goods for the store, in whole units, perhaps as they were ordered."""
    lines = [line_of(shop, need, day) for need in needs]
    arrived = arrival(seller, day)
    form = delivery(shop, seller, arrived, lines, papers_of([n.good for n in needs], day))
    form = msgspec.structs.replace(form, order=order)
    await accept(shop.buyer, form, shop.second, now=arrived + CHECKED_AFTER)


async def take(
    shop: Shop, seller: str, arrived: datetime, lines: Sequence[LineForm], papers: Sequence[BatchPaperForm]
) -> int:
    """Accept a delivery a few minutes after it came; returns its id."""
    form = delivery(shop, seller, arrived, lines, papers)
    return await accept(shop.buyer, form, shop.second, now=arrived + CHECKED_AFTER)


def delivery(
    shop: Shop, seller: str, arrived: datetime, lines: Sequence[LineForm], papers: Sequence[BatchPaperForm]
) -> DeliveryForm:
    """A delivery as it is typed, with the number of its note."""
    return DeliveryForm(
        lines=tuple(lines),
        papers=tuple(papers),
        supplier=shop.sellers[seller],
        canteen=shop.canteen,
        arrived_at=arrived,
        note_number=note_number(seller, local_day(arrived)),
    )


def note_number(seller: str, day: date) -> str:
    """The number on a seller's delivery note of a day."""
    return f"SH{day:%m%d}-{list(HOURS).index(seller) + 1:02d}"


def arrival(seller: str, day: date) -> datetime:
    """When a seller comes: some minutes earlier or later than usual."""
    return at_local(day, *HOURS[seller]) + timedelta(minutes=day.toordinal() * 5 % 11)


def line_of(shop: Shop, need: Need, day: date, *, meal: MealName | None = None) -> LineForm:
    """A good as it came, all senses right; packed goods with the date on their label."""
    good = need.good
    packed = LABEL in senses_for(good.category, good.storage)
    life = good.shelf_life_days or 180
    produced = day - timedelta(days=1 if life < 30 else 20 + good.id % 15) if packed else None
    return LineForm(
        good=good.id,
        name=good.name,
        unit=good.unit,
        count=need.count * 1000,
        price=shop.price(good, day),
        produced_on=produced,
        shelf_life_days=life if packed else None,
        batch_number=f"{produced:%Y%m%d}" if produced else "",
        celsius=_celsius(good, day),
        looked="fine",
        meal=meal,
        sure=True,
    )


def _celsius(good: Good, day: date) -> int | None:
    tenths = CELSIUS_TENTHS.get(good.storage)
    return None if tenths is None else tenths + (day.toordinal() + good.id * 3) % 9


def papers_of(goods: Sequence[Good], day: date) -> list[BatchPaperForm]:
    """A paper of each kind that these goods need, made out that day."""
    kinds = dict.fromkeys(kind for good in goods for kind in WITH_GOODS[good.category])
    return [
        BatchPaperForm(
            kind=kind,
            number=f"{MARKS[kind]}{day:%y%m%d}{place + 1:02d}",
            form="product_b" if kind is PaperKind.ANIMAL_QUARANTINE else "",
            issued_on=day,
            issued_at=SLAUGHTERED if kind is PaperKind.ANIMAL_QUARANTINE else None,
            covers=_covers(goods, kind),
        )
        for place, kind in enumerate(kinds)
    ]


def _covers(goods: Sequence[Good], kind: PaperKind) -> str:
    """The numbers of the lines that a paper is for."""
    return ", ".join(str(n) for n, good in enumerate(goods, 1) if kind in WITH_GOODS[good.category])
