"""No address gives a school's things to another school: each is tried with ids that exist, and with forms
that would be taken.

A refusal of a made-up id or of a blank form proves nothing. So the same request is sent twice: by somebody of
the school, for whom the thing is there, and by a stranger who holds every role elsewhere, for whom it is not.
"""

import re
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from canteen.accounts.forms import NewDelegation, NewDevice, NewInvitation, NewKey
from canteen.accounts.rules import Role
from canteen.accounts.services import delegations, devices, invitations, keys, portraits
from canteen.accounts.services.passwords import hashed
from canteen.accounts.services.people import make_person
from canteen.accounts.tables import Pin
from canteen.demo import prepare
from canteen.kit.actor import Actor
from canteen.kit.clock import utc_now
from canteen.kit.db import close, connect, start, write
from canteen.kit.uploads import Stored
from canteen.notices.services import posting
from canteen.notices.services.inbox import open_tasks
from canteen.schools.forms import SpecialForm
from canteen.schools.rules.calendar import SpecialKind
from canteen.schools.services import prints, timetables
from canteen.schools.services.uploads import keep_file, keep_upload
from canteen.tenants.services import canteens_of, create_school
from menus.dishes.services import set_photo
from menus.foods.forms import FoodForm
from menus.foods.services import add_food
from menus.weeks.forms import TemplateForm
from menus.weeks.services import templates
from suppliers.goods.forms import GoodForm
from suppliers.goods.rules import Category, PaperKind, Source, Storage
from suppliers.goods.services import add_good
from suppliers.licences import services as licences
from suppliers.licences.forms import LinkForm, PaperForm, SupplierForm
from suppliers.payments import services as money
from suppliers.payments.forms import AdvanceForm, RequestForm, SlipForm
from suppliers.payments.rules import InvoiceKind, Way
from suppliers.purchasing.forms.deliveries import DeliveryForm, LineForm, RefusalForm, SecondForm
from suppliers.purchasing.forms.prices import AskedForm, MarketForm, PriceLineForm, PriceListForm
from suppliers.purchasing.forms.wishes import (
    OrderLineForm,
    OrdersForm,
    QuoteForm,
    QuotePriceForm,
    WishForm,
    WishLineForm,
)
from suppliers.purchasing.rules import ListKind, Refusal, WishKind
from suppliers.purchasing.services import (
    deliveries,
    market,
    ordering,
    price_lists,
    quoting,
    wish_lists,
    wishes,
)
from suppliers.stock import services as stock
from suppliers.stock.forms import CountForm, OpeningForm, OpeningLine, PlaceForm
from tests.cast import ELSEWHERE, NOW, TODAY
from tests.house.test_routes import GUARDED, Door
from tests.make import Cast, app, client_for, give_role, password_hash, session_for

NOT_A_THING = re.compile(r"\{key:str\}|/join/|/by-date/")
"""Addresses whose word is no id of a school: a policy that all have, an invitation's own secret, a day."""

SENT: Mapping[str, Any] = {
    "name": "甲",
    "login": "jia",
    "role": "class_teacher",
    "pin": "5937",
    "again": "5937",
    "school": "{school}",
    "day": "2026-10-05",
    "from_day": "2026-09-07",
    "first_day": "2040-09-01",
    "last_day": "2040-12-31",
    "first_grade": "1",
    "last_grade": "6",
    "heads.9-11": "10",
    "week_1.monday": "lunch",
    "mode": "self_run",
    "kind": "vegetable",
    "group": "vegetable",
    "edible_pct": "100",
    "fen_per_kg": "5",
    "ingredients.0.name": "菠菜",
    "ingredients.0.grams": "100",
    "ingredients.0.milligrams": "100",
    "version": "1",
    "meal": "{meal}",
    "dish": "炒菠菜 菠菜100",
    "reason": "没有到货",
    "finding": "0",
    "mend": "0",
    "schools": "{school}",
}
"""One form that every deed finds its fields in; what a deed does not ask for is passed over."""

OTHER = {
    "/api/v1/suppliers/{supplier:int}/changes": {"source": "market", "categories": "pork", "phone": "1"},
    "/api/v1/suppliers/{supplier:int}/standing": {"standing": "suspended"},
    "/deliveries/{delivery:int}/correct": {"kind": "supplier"},
    "/deliveries/{delivery:int}/lines/{line:int}/dispose": {"way": "returned", "taken_by": "甲"},
    "/goods/{good:int}/edit": {"name": "菠菜", "category": "produce", "unit": "斤", "storage": "dry"},
    "/purchasing/plans/{wish:int}/quotes": {
        "quoted_on": "2026-09-07",
        "prices.0.line": "{wish_line}",
        "prices.0.price": "3",
    },
    "/purchasing/plans/{wish:int}/quotes/choose": {"quote": "{quote}"},
    "/purchasing/plans/{wish:int}/order": {
        "deliver_on": "2040-09-07",
        "lines.0.line": "{wish_line}",
        "lines.0.supplier": "{supplier}",
    },
    "/stock/counts/{count:int}": {"lines.0.lot": "{lot}", "lines.0.count": "1"},
    "/stock/counts/{count:int}/close": {"witness": "{person}", "witness_pin": "5937"},
    "/weeks/{week:int}/dishes/{dish:int}/line": {"ingredients": "菠菜100"},
    "/weeks/{week:int}/meals": {"day": "2026-09-14", "meal": "breakfast"},
    "/weeks/{week:int}/mends": {"meal": ""},
    "/assessments/{supplier:int}": {"year": "2025", "outcome": "keep"},
    "/payments/advances/{advance:int}/account": {"slips": "{invoice}"},
    "/payments/slips/{invoice:int}/edit": {
        "kind": "plain",
        "issued_on": "2026-09-07",
        "fen": "1",
        "seller": "甲",
    },
    "/api/v1/menus/{week:int}/substitutions": {"dish": "{dish}"},
}
"""Where a field means something else, or a form asks for more."""

SERVED = ("/weeks/{week:int}/file", "/weeks/{week:int}/mends")
"""What only the week has that came from a file and was served: the file, and findings to mend."""


@dataclass
class Things:
    """One thing of each kind at the first school, by the name it has in addresses."""

    file: Path
    school: int = 0
    insider: str = ""
    stranger: str = ""
    ids: dict[str, Any] = field(default_factory=dict)

    def row(self, question: str) -> Any:
        """The first column of the first row."""
        with closing(sqlite3.connect(self.file)) as base:
            found = base.execute(question).fetchone()
        assert found, question
        return found[0]

    def kept(self) -> list[str]:
        """All that the school has, to see whether anything changed."""
        with closing(sqlite3.connect(self.file)) as base:
            return [line for line in base.iterdump() if line.startswith("INSERT") and "session" not in line]


@pytest.fixture
async def things(tmp_path: Path) -> AsyncIterator[Things]:
    """The demo's schools with all they have done, and one of whatever the demo lacks."""
    made = await prepare(tmp_path, now=NOW)
    connect(made["database_url"])
    await start()
    try:
        found = Things(Path(made["database_url"].removeprefix("sqlite:///")))
        await _fill(found)
        yield found
    finally:
        await close()


async def _fill(found: Things) -> None:
    person = found.row("SELECT person FROM accounts_membership WHERE role = 'principal' ORDER BY id")
    found.school = found.row(f"SELECT tenant FROM accounts_membership WHERE person = {person}")
    actor = Actor(person, found.school, frozenset({Role.PRINCIPAL}))
    for role in Role:
        await give_role(person, found.school, role)
    found.insider = await session_for(person, found.school)
    found.ids = {"school": found.school, **await _made(actor), **_lived(found)}
    await portraits.set_portrait(actor, found.ids["person"], photo(), now=NOW)
    found.stranger = await _stranger()


async def _made(actor: Actor) -> dict[str, Any]:
    """What the demo lacks, made by the principal."""
    days = (TODAY, TODAY + timedelta(days=1))
    device, _code = await devices.add_device(actor, NewDevice("库房手机"), now=NOW)
    await keys.create_key(actor, NewKey("售饭机", Role.COOK), now=NOW)
    await invitations.invite(actor, NewInvitation("甲", Role.COOK), now=utc_now())
    to = (await delegations.possible_delegates(actor.school, actor.person or 0))[0][0]
    lent = await delegations.delegate(actor, NewDelegation(to, Role.PRINCIPAL, *days, "外出"), now=NOW)
    await session_for(actor.person or 0, actor.school)
    holiday = SpecialForm(TODAY, SpecialKind.CLOSED, "停课")
    await timetables.add_special(actor, holiday, now=NOW)
    folder = app().state.data_dir
    stored = await keep_file(photo(), folder)
    async with write():
        await keep_upload(actor, stored, now=NOW)
        about = {"kind": "test", "subject": "test", "subject_id": 1, "title": "单", "content": b"1"}
        printed = await prints.register_print(actor, **about, to_sign=True, now=NOW)  # type: ignore[arg-type]
    await set_photo(actor, 1, photo(), folder, now=NOW)
    food = await add_food(actor, FoodForm("校南瓜", "vegetable", 100), now=NOW)
    async with write():
        task = posting.Note("house.test", "Weekly menus", "test", 1, roles=(Role.PRINCIPAL,), by_hand=True)
        await posting.ask(actor.school, task, now=NOW)
    (asked,) = [task.id for task in await open_tasks(actor, NOW) if task.topic == "house.test"]
    template = await templates.keep_template(actor, 1, TemplateForm("秋季"), now=NOW)
    good = await add_good(actor, GoodForm("校大米", Category.GRAIN, "斤", Storage.DRY), now=NOW)
    return {
        **await _supplied(actor, stored),
        **await _bought(actor, stored),
        **await _owed(actor),
        **await _stored(actor),
        **await _delivered(actor, to),
        "device": device,
        "delegation": lent,
        "print_": printed.id,
        "number": printed.number,
        "version": 1,
        "digest": stored.digest,
        "food": food.code,
        "good": good,
        "template": template,
        "notice": asked,
    }


async def _supplied(actor: Actor, scan: Stored) -> dict[str, Any]:
    """A supplier with a paper that waits, and a link for it."""
    form = SupplierForm("校供货商", Source.MARKET, (Category.PORK,), phone="1")
    supplier = await licences.add_supplier(actor, form, now=NOW)
    paper = PaperForm(PaperKind.CONTRACT, "1", endless=True)
    licence = await licences.add_paper(actor, supplier, paper, [scan], now=NOW)
    await licences.make_link(actor, supplier, LinkForm(), now=utc_now())
    [link] = await licences.links_of(actor.school, supplier, now=utc_now())
    return {"supplier": supplier, "licence": licence, "link": link.id}


async def _bought(actor: Actor, photo_of_offer: Stored) -> dict[str, Any]:
    """A requisition with an offer, an order of an approved one, a price list, a price of the market."""
    canteen = (await canteens_of(actor.school))[0].id
    days = (TODAY, TODAY)
    form = WishForm(WishKind.REQUISITION, canteen, *days, (WishLineForm("校大米", 1000, price=300),))
    wish = await wishes.add_wish(actor, form, now=NOW)
    [line] = (await wish_lists.wish_of(actor.school, wish)).lines
    offer = QuoteForm(TODAY, (QuotePriceForm(line.id, 300),), name="乙")
    quote = await quoting.add_quote(actor, wish, offer, [photo_of_offer], now=NOW)
    listed = PriceListForm("中标价", ListKind.PRICES, *days, lines=(PriceLineForm("校大米", 300, "斤"),))
    walk = MarketForm(TODAY, "市场", "甲", (AskedForm("校大米", 300),))
    return {
        "wish": wish,
        "wish_line": line.id,
        "quote": quote,
        "order": await _ordered(actor, form),
        "price_list": await price_lists.add_price_list(actor, listed, now=NOW),
        "asked": (await market.record_market(actor, walk, now=NOW))[0],
    }


async def _owed(actor: Actor) -> dict[str, Any]:
    """A slip, a payment on another one, and cash asked for."""
    slips = [
        await money.add_slip(
            actor, SlipForm(InvoiceKind.RECEIPT, TODAY, 100, seller="校摊", number=n), [], now=NOW
        )
        for n in "12"
    ]
    payment = await money.request_payment(actor, RequestForm((slips[1],), Way.CASH), now=NOW)
    advance = await money.ask_advance(actor, AdvanceForm(100, "采买"), now=NOW)
    return {"invoice": slips[0], "payment": payment, "advance": advance}


async def _stored(actor: Actor) -> dict[str, Any]:
    """A place, a lot on its slip, and a stocktake that is being counted."""
    canteen = (await canteens_of(actor.school))[0].id
    place = await stock.add_place(actor, PlaceForm(canteen, "校货架", Storage.DRY), now=NOW)
    lying = OpeningForm(canteen, TODAY, (OpeningLine("校大米", 1000, "公斤"),))
    slip = await stock.enter_opening(actor, lying, now=NOW)
    [line] = (await stock.slip_view(actor.school, slip)).lines
    counting = CountForm(canteen, TODAY, Category.GRAIN)
    count = await stock.start_count(actor, counting, now=NOW)
    return {"place": place, "slip": slip, "lot": line.lot.id, "count": count}


async def _delivered(actor: Actor, second: int) -> dict[str, Any]:
    """A draft, a delivery that waits for the principal, and one that was refused."""
    seller = SupplierForm("校粮商", Source.MARKET, (Category.PORK,), phone="1")
    supplier = await licences.add_supplier(actor, seller, now=NOW)
    values = {"pin": await hashed("5937"), "code": None, "code_ends_at": None, "failures": 0, "set_at": NOW}
    async with write():
        await Pin.delete().where((Pin.school == actor.school) & (Pin.person == second))
        await Pin(school=actor.school, person=second, **values).save()
        await give_role(second, actor.school, Role.COOK)
    rice = LineForm("校大米", count=1000, price=300, looked="fine", batch_number="1")
    form, two = DeliveryForm((rice,), supplier=supplier, arrived_at=NOW), SecondForm(second, "5937")
    refused = await deliveries.refuse(actor, form, RefusalForm(Refusal.LATE), two, now=NOW)
    [line] = (await deliveries.view_of(actor.school, refused)).lines
    return {
        "draft": (await deliveries.save_draft(actor, {"note": "甲"}, now=NOW))[0],
        "waiting": await deliveries.take_in(actor, form, two, now=NOW),
        "delivery": refused,
        "line": line.id,
    }


async def _ordered(actor: Actor, form: WishForm) -> int:
    garden = SupplierForm("校菜地", Source.GARDEN, (Category.GRAIN,), phone="1")
    seller = await licences.add_supplier(actor, garden, now=NOW)
    wish = await wishes.add_wish(actor, form, now=NOW)
    await wishes.submit_wish(actor, wish, now=NOW)
    async with write():
        await wishes.update_wish(actor.school, wish, {"state": "approved"})
    [line] = (await wish_lists.wish_of(actor.school, wish)).lines
    orders = OrdersForm(TODAY, (OrderLineForm(line.id, seller),))
    return (await ordering.place_orders(actor, wish, orders, now=NOW))[0]


def _lived(found: Things) -> dict[str, Any]:
    """Ids of what is there by now, the principal's own membership and account left out."""
    here = f"school = {found.school}"
    person = f"SELECT person FROM accounts_membership WHERE tenant = {found.school} AND role = 'nutritionist'"
    ids: dict[str, Any] = {
        name: found.row(f"SELECT max(id) FROM {table} WHERE {here}")
        for name, table in {
            "session": "accounts_session",
            "invitation": "accounts_invitation",
            "key": "accounts_api_key",
            "special": "schools_special_day",
            "term": "schools_term",
            "group": "schools_grade_group",
            "canteen": "tenants_canteen",
            "week": "menus_week",
        }.items()
    }
    ids["person"] = found.row(person)
    ids["membership"] = found.row(f"SELECT id FROM accounts_membership WHERE person = {ids['person']}")
    ids["recipe"] = 1
    ids["served"] = found.row(f"SELECT week FROM menus_file WHERE {here}")
    ids["meal"] = found.row(f"SELECT min(id) FROM menus_meal WHERE week = {ids['week']}")
    ids["dish"] = found.row(f"SELECT min(id) FROM menus_serving WHERE meal = {ids['meal']}")
    ids["code"] = found.row(f"SELECT code FROM tenants_tenant WHERE id = {found.school}")
    return ids


async def _stranger() -> str:
    async with write():
        school = await create_school(code=ELSEWHERE, name="外县小学", now=NOW)
        person = await make_person("stranger", "马校长", password_hash(), now=NOW, must_change=False)
        for role in Role:
            await give_role(person, school.id, role)
    return await session_for(person, school.id)


def photo() -> bytes:
    """A small photo."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return out.getvalue()


def doors() -> Iterator[Door]:
    """Every guarded door whose address names a thing of a school; reading first, what ends things last."""
    named = [d for d in GUARDED if "{" in d.path and not NOT_A_THING.search(d.path) and d.method != "HEAD"]
    yield from sorted(named, key=lambda d: (d.method != "GET", d.path))


def address(door: Door, ids: Mapping[str, Any]) -> str:
    """The address with the things of the first school in it."""
    own = dict(ids)
    if "/dishes/{dish" in door.path and "/weeks/" not in door.path:
        own["dish"] = ids["recipe"]
    if "/foods/{code" in door.path:
        own["code"] = ids["food"]
    if door.path.endswith(("{delivery:int}/edit", "{delivery:int}/drop")):
        own["delivery"] = ids["draft"]
    if door.path.endswith(("/let-through", "/turn-away")):
        own["delivery"] = ids["waiting"]
    own["week"] = ids["served"] if door.path in SERVED else ids["week"]
    own["name"] = f"{ids['meal']}.{'xlsx' if door.method == 'GET' else 'pdf'}"
    return re.sub(r"\{(\w+):\w+\}", lambda place: str(own[place[1]]), door.path)


async def ask(client: Any, door: Door, ids: Mapping[str, Any]) -> int:
    """The status of the answer."""
    if door.method == "GET":
        asked = {"finding": 0, "name": "菠菜"}
        return int((await client.get(address(door, ids), params=asked)).status_code)
    form = {**SENT, **OTHER.get(door.path, {})}
    filled = {name: str(value).format(**ids) for name, value in form.items()}
    files = {"photo": ("a.jpg", photo())} if "print_" in door.path or door.path.endswith("/photo") else None
    return int((await client.post(address(door, ids), data=filled, files=files)).status_code)


async def test_a_stranger_finds_nothing_of_another_school_and_changes_nothing(things: Things) -> None:
    wrong = {}
    before = things.kept()
    async with client_for(Cast(), token=things.stranger) as client:
        for door in doors():
            status = await ask(client, door, things.ids)
            if status not in (403, 404):
                wrong[str(door)] = status
    assert wrong == {}
    assert things.kept() == before


async def test_somebody_of_the_school_finds_each_of_these_things(things: Things) -> None:
    """So that the test above can fail: the ids are real and the forms are read."""
    wrong = {}
    with closing(sqlite3.connect(things.file)) as base, closing(sqlite3.connect(":memory:")) as saved:
        base.backup(saved)
        for door in doors():
            async with client_for(Cast(), token=things.insider) as client:
                status = await ask(client, door, things.ids)
            if status in (401, 403, 404) or status >= 500:
                wrong[str(door)] = status
            saved.backup(base)
    assert wrong == {}
