"""The demo's suppliers and papers: the district's library, each school's own sellers, the canteens' own wall.

Days of papers are told from today, so that one has just run out and two will soon, whenever it is begun.
"""

import asyncio
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from canteen.demo.cast import DISTRICT, OFFICER, SCHOOLS, SECOND_OFFICER, School
from canteen.demo.founding import Cast
from canteen.demo.scanning import draw_scan
from canteen.kit.actor import Actor
from canteen.kit.clock import at_local, local_day
from canteen.kit.texts import DEFAULT, say
from canteen.kit.uploads import Stored
from canteen.schools.services.uploads import keep_file
from suppliers.goods.rules import PAPER_NAMES, Category, PaperKind, Source
from suppliers.licences.forms import LinkForm, PaperForm, RecordForm, SupplierForm, TakeForm
from suppliers.licences.rules import masked
from suppliers.licences.services import (
    add_paper,
    add_supplier,
    declare_record,
    hand_in,
    make_link,
    offers_above,
    take_suppliers,
    verify_paper,
)

Row = Mapping[str, str]
Sellers = Mapping[str, int]
"""Ids of a school's suppliers by their key in data/suppliers.csv."""

LIBRARY, OWN = DISTRICT[0], "canteen"
"""Whose papers are the district's, and the key of those of the canteen itself."""

CLEAN = {"grain": 5, "pork": 4, "dairy": 6, "greens": 3, "poultry": 4}
"""Who has declared so many years without a food-safety event."""

AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wall:
    """The papers of the demo on the day it is begun: `today`, the `last` day of buying, and their scans."""

    today: date
    last: date
    folder: Path
    drawn: dict[PaperForm, Stored] = field(default_factory=dict)

    def day(self, text: str) -> date | None:
        """`-30`: that many days before today; `last-1`: before the last day of buying; blank: none."""
        if text.startswith("last"):
            return self.last + timedelta(days=int(text.removeprefix("last")))
        return self.today + timedelta(days=int(text)) if text else None

    def form(self, row: Row, holder: str) -> PaperForm:
        """A row of data/papers.csv as a paper of that holder."""
        ends = self.day(row["valid_to"])
        return PaperForm(
            kind=PaperKind(row["kind"]),
            number=row["number"],
            holder=holder,
            issuer=row["issuer"],
            scope=row["scope"],
            valid_from=self.day(row["valid_from"]),
            valid_to=ends,
            endless=ends is None,
        )

    async def scans(self, forms: Sequence[PaperForm]) -> list[Stored]:
        """Their scans on disk, in the same order; the same paper of two schools is drawn once."""
        fresh = [form for form in dict.fromkeys(forms) if form not in self.drawn]
        made = await asyncio.gather(*(self._scan(form) for form in fresh))
        self.drawn.update(zip(fresh, made, strict=True))
        return [self.drawn[form] for form in forms]

    async def _scan(self, form: PaperForm) -> Stored:
        return await keep_file(await asyncio.to_thread(scan_of, form), self.folder)


def scan_of(form: PaperForm) -> bytes:
    """A paper as it was photographed."""
    number = masked(form.number) if form.kind is PaperKind.IDENTITY else form.number
    begins = f"{form.valid_from:%Y-%m-%d}" if form.valid_from else ""
    ends = f"{form.valid_to:%Y-%m-%d}" if form.valid_to else "长期"
    told = (("编号", number), ("持有人", form.holder), ("内容", form.scope), ("签发单位", form.issuer))
    dates = (("签发日期", begins), ("有效期至", ends))
    title = say(DEFAULT, PAPER_NAMES[form.kind])
    return draw_scan(title, [(name, value) for name, value in (*told, *dates) if value])


async def license_district(cast: Cast, wall: Wall, *, now: datetime) -> None:
    """The district's library: approved suppliers with papers that a second officer has verified."""
    officer, second = cast.actor(OFFICER), cast.actor(SECOND_OFFICER)
    sellers = await _add_sellers(officer, LIBRARY, now)
    await _hang((officer, second), wall, LIBRARY, sellers, now)


async def license_school(cast: Cast, school: School, wall: Wall, *, now: datetime) -> Sellers:
    """The library's suppliers and the school's own, their papers and the canteen's; returns the suppliers."""
    buyer, verifier = cast.actor(school.buyer), cast.actor(school.verifier)
    offers = await offers_above(buyer.school)
    taken = await take_suppliers(buyer, TakeForm(tuple(offer.row.id for offer in offers)), now=now)
    keys = {row["name"]: row["key"] for row in _rows("suppliers.csv", LIBRARY)}
    shared = {keys[offer.row.name]: id_ for offer, id_ in zip(offers, taken, strict=True)}
    sellers = await _add_sellers(buyer, school.code, now)
    await _hang((buyer, verifier), wall, school.code, sellers, now)
    return {**shared, **sellers}


async def _add_sellers(actor: Actor, code: str, now: datetime) -> Sellers:
    sellers = {}
    for row in _rows("suppliers.csv", code):
        sellers[row["key"]] = await add_supplier(actor, _supplier(row), now=now)
        if years := CLEAN.get(row["key"]):
            since = local_day(now) - timedelta(days=366 * years)
            await declare_record(actor, sellers[row["key"]], RecordForm(since, listed=True), now=now)
    return sellers


def _supplier(row: Row) -> SupplierForm:
    return SupplierForm(
        name=row["name"],
        source=Source(row["source"]),
        categories=tuple(map(Category, row["categories"].split())),
        credit_code=row["credit_code"],
        identity=row["identity"],
        contact=row["contact"],
        phone=row["phone"],
        address=row["address"],
    )


async def _hang(people: tuple[Actor, Actor], wall: Wall, code: str, sellers: Sellers, now: datetime) -> None:
    """Every paper of a tenant: entered by the first person and verified by the second, or it still waits."""
    actor, verifier = people
    names = {row["key"]: row["name"] for row in _rows("suppliers.csv", code)}
    names[OWN] = next((school.name for school in SCHOOLS if school.code == code), "")
    rows = list(_rows("papers.csv", code))
    forms = [wall.form(row, names[row["owner"]]) for row in rows]
    for row, form, scan in zip(rows, forms, await wall.scans(forms), strict=True):
        supplier = sellers.get(row["owner"])
        if row["stands"] == "link" and supplier:
            await _hand_in(actor, supplier, form, scan, wall)
            continue
        paper = await add_paper(actor, supplier, form, [scan], now=now)
        if row["stands"] == "verified":
            await verify_paper(verifier, paper, now=now + AN_HOUR)


async def _hand_in(actor: Actor, supplier: int, form: PaperForm, scan: Stored, wall: Wall) -> None:
    """The supplier sends its renewed licence by the link that it was given the day before."""
    asked = at_local(wall.today - timedelta(days=2), 15, 10)
    token = await make_link(actor, supplier, LinkForm(), now=asked)
    await hand_in(token, "", form, [scan], now=asked + timedelta(hours=18))


def _rows(name: str, code: str) -> list[dict[str, str]]:
    """The rows of a data file that belong to a tenant."""
    text = files("canteen.demo").joinpath("data", name).read_text(encoding="utf-8")
    return [row for row in csv.DictReader(io.StringIO(text)) if code in row["schools"].split()]
