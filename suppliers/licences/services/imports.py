"""Suppliers out of a file: all rows or none, every error of every row at once."""

import asyncio
from base64 import b64encode
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.names import listed, normalised
from canteen.kit.sheets import (
    BadFile,
    Reading,
    Row,
    Sheet,
    as_day,
    as_text,
    bad_rows_file,
    read_rows,
)
from canteen.kit.sheets.cells import Unreadable
from canteen.kit.texts import DEFAULT, _, say
from suppliers.goods.rules import CATEGORY_NAMES, SOURCE_NAMES, Category, PaperKind, Source
from suppliers.goods.services.files import BadRows, keep_file, refuse_taken
from suppliers.licences.forms import ImportOptions, PaperForm, SupplierForm
from suppliers.licences.rules import Arrival, NumberKind, check_number, number_findings, same_number
from suppliers.licences.services.deeds import columns
from suppliers.licences.services.keeping import form_findings, fresh
from suppliers.licences.tables import Licence, Supplier

COLUMNS = {
    "name": ("供货商名称", "供应商名称", "供货商", "供应商", "名称", "supplier", "name"),
    "source": ("类型", "供货者类型", "供应商类型", "source", "kind"),
    "credit_code": ("统一社会信用代码", "信用代码", "credit code"),
    "identity": ("身份证号", "身份证号码", "identity"),
    "contact": ("联系人", "contact"),
    "phone": ("联系电话", "电话", "手机", "phone"),
    "address": ("地址", "address"),
    "categories": ("供货品类", "品类", "供货范围", "categories"),
    "licence": ("许可证号", "许可证编号", "食品经营许可证号", "食品生产许可证号", "licence"),
    "valid_to": ("许可证有效期至", "有效期至", "有效期", "valid to"),
}
Categories = tuple[Category, ...]
NOTHING: Categories = ()
REQUIRED = ("name", "source")
SOURCE_WORDS = {
    **dict.fromkeys(("生产商", "生产企业", "厂家", "生产者"), Source.PRODUCER),
    **dict.fromkeys(("经销商", "配送公司", "商场", "超市", "贸易商", "经营者"), Source.TRADER),
    **dict.fromkeys(("市场", "农贸市场", "摊位", "市场摊位", "集贸市场"), Source.MARKET),
    **dict.fromkeys(("农户", "合作社", "基地", "农民"), Source.FARMER),
    **dict.fromkeys(("屠宰场", "屠宰企业", "屠宰厂"), Source.SLAUGHTERHOUSE),
    **dict.fromkeys(("小作坊", "作坊"), Source.WORKSHOP),
    **dict.fromkeys(("进口商",), Source.IMPORTER),
    **dict.fromkeys(("配餐公司", "供餐单位"), Source.CATERER),
    **dict.fromkeys(("服务单位", "服务商"), Source.SERVICE),
    **dict.fromkeys(("自种", "校园菜地"), Source.GARDEN),
}
CATEGORY_WORDS = {
    **dict.fromkeys(("米面", "粮食", "大米", "面粉", "杂粮"), Category.GRAIN),
    **dict.fromkeys(("油", "食用油", "粮油"), Category.OIL),
    **dict.fromkeys(("猪肉",), Category.PORK),
    **dict.fromkeys(("牛羊禽", "牛肉", "羊肉", "禽肉", "牛羊肉", "鸡肉"), Category.MEAT),
    **dict.fromkeys(("肉制品", "熟食"), Category.MEAT_PRODUCT),
    **dict.fromkeys(("鲜蛋", "鸡蛋", "蛋", "蛋类"), Category.EGG),
    **dict.fromkeys(("蔬菜", "水果", "蔬果", "蔬菜水果", "食用菌", "果蔬"), Category.PRODUCE),
    **dict.fromkeys(("水产", "水产品", "鱼"), Category.AQUATIC),
    **dict.fromkeys(("豆制品",), Category.SOY),
    **dict.fromkeys(("奶", "乳制品", "牛奶", "奶制品"), Category.DAIRY),
    **dict.fromkeys(("调味品", "干货", "调料", "干杂"), Category.CONDIMENT),
    **dict.fromkeys(("食品添加剂", "添加剂"), Category.ADDITIVE),
    **dict.fromkeys(("进口食品", "进口"), Category.IMPORTED),
    **dict.fromkeys(("餐具", "餐饮具", "消毒剂"), Category.TABLEWARE),
}


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A row of a file: the supplier, and the licence that stands beside it, if any."""

    supplier: SupplierForm
    paper: PaperForm | None


async def import_suppliers(
    actor: Actor, data: bytes, filename: str, form: ImportOptions, *, now: datetime
) -> int:
    """Take over a list of suppliers; returns how many. Licences in it wait to be verified, with their scans.

    Raises BadFile with every wrong cell, and Refused when this very file was taken before and `again` is not
    said. Either all rows are taken or none.
    """
    sheet = await asyncio.to_thread(read_rows, data, filename)
    async with write():
        if not form.again:
            await refuse_taken(actor.school, "suppliers", data)
        rows = read_suppliers(sheet, await _known(actor.school))
        suppliers = [fresh(actor, row.supplier, now) for row in rows]
        for row, supplier in zip(rows, suppliers, strict=True):
            await supplier.save()
            if row.paper is not None:
                await _licence(actor, supplier.id, row.paper, now).save()
        file = await keep_file(actor, "suppliers", data, filename, len(rows), now=now)
        after = {"file": filename, "suppliers": [row.supplier.name for row in rows]}
        await record(actor, "licences.import", subject="file", subject_id=file, after=after, now=now)
    return len(rows)


async def bad_rows(school: int, data: bytes, filename: str, lang: str) -> BadRows | None:
    """What is wrong with a file, its reasons in that language; None when it can be taken."""
    known = await _known(school)
    return await asyncio.to_thread(_judged, data, filename, known, lang)


def _judged(data: bytes, filename: str, known: frozenset[str], lang: str) -> BadRows | None:
    sheet = Sheet(filename, [], [])
    try:
        sheet = read_rows(data, filename)
        read_suppliers(sheet, known)
    except BadFile as bad:
        rows = bad_rows_file(sheet, bad.errors, lang) if sheet.rows else b""
        return BadRows(bad.errors, b64encode(rows).decode())
    return None


def read_suppliers(sheet: Sheet, known: frozenset[str]) -> list[SupplierRow]:
    """The rows of a file; `known` holds spellings and credit codes in use. Raises BadFile."""
    reading, used, found = Reading(sheet, COLUMNS, REQUIRED), set(known), []
    for row in reading.rows:
        if made := _row(reading, row, used):
            found.append(made)
    reading.finish()
    return found


def _row(reading: Reading, row: Row, used: set[str]) -> SupplierRow | None:
    before = len(reading.errors)
    name = reading.need(row, "name", as_text)
    source = reading.need(row, "source", _source)
    categories = reading.may(row, "categories", _categories, NOTHING)
    if name is None or source is None or categories is None:
        return None
    texts = {key: as_text(reading.cell(row, key)) for key in ("identity", "contact", "phone", "address")}
    form = SupplierForm(name, source, categories, as_text(reading.cell(row, "credit_code")), **texts)
    for finding in form_findings(form):
        reading.refuse(row, finding.at, finding.message, **finding.facts)
    _refuse_used(reading, row, form, used)
    paper = _paper(reading, row, form)
    return SupplierRow(form, paper) if len(reading.errors) == before else None


def _refuse_used(reading: Reading, row: Row, form: SupplierForm, used: set[str]) -> None:
    for key, text in (("name", normalised(form.name)), ("credit_code", same_number(form.credit_code))):
        if text and text in used:
            reading.refuse(row, key, _("a supplier that is not there yet"))
        used.add(text)


def _paper(reading: Reading, row: Row, form: SupplierForm) -> PaperForm | None:
    number = as_text(reading.cell(row, "licence"))
    valid_to: date | None = reading.may(row, "valid_to", as_day, None)
    if not number:
        return None
    production = check_number(number).kind is NumberKind.SC
    kind = PaperKind.FOOD_PRODUCTION if production else PaperKind.FOOD_OPERATION
    if check_number(number).kind is NumberKind.YB:
        kind = PaperKind.PREPACKAGED_FILING
    for finding in number_findings(kind, number, at="licence"):
        reading.refuse(row, "licence", finding.message, **finding.facts)
    if valid_to is None:
        reading.refuse(row, "valid_to", _("the last day of the licence"))
    return PaperForm(kind, number, holder=form.name, valid_to=valid_to)


def _source(cell: Any) -> Source:
    text = as_text(cell)
    named = {say(DEFAULT, name): source for source, name in SOURCE_NAMES.items()}
    found = named.get(text) or SOURCE_WORDS.get(text) or _of_enum(Source, text)
    if found is None:
        raise Unreadable(_("one of: {words}"), words=list(named))
    return found


def _categories(cell: Any) -> Categories:
    named = {say(DEFAULT, name): category for category, name in CATEGORY_NAMES.items()}
    text, found = as_text(cell), []
    for word in (text,) if text in named else listed(text):
        category = named.get(word) or CATEGORY_WORDS.get(word) or _of_enum(Category, word)
        if category is None:
            raise Unreadable(_("one of: {words}"), words=list(named))
        found.append(category)
    return tuple(dict.fromkeys(found))


def _of_enum(kind: Any, word: str) -> Any:
    return kind(word.lower()) if word.lower() in list(kind) else None


def _licence(actor: Actor, supplier: int, form: PaperForm, now: datetime) -> Licence:
    return Licence(
        **columns(form),
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        supplier=supplier,
        canteen=None,
        scans="[]",
        arrival=Arrival.IMPORT.value,
        checked="pending",
        checked_by=None,
        checked_at=None,
        rejected_reason="",
        supersedes=None,
        origin_school=None,
        origin_id=None,
    )


async def _known(school: int) -> frozenset[str]:
    """Spellings and credit codes in use."""
    here = (Supplier.school == school) & (Supplier.standing != "left")
    rows = await Supplier.select(Supplier.spelling, Supplier.credit_code).where(here)
    return frozenset(text for row in rows for text in row.values() if text)
