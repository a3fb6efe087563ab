"""What stops goods at the door, line by line. Values in, findings out; each names the field it is about.

Sources stand beside the figures; see domain.md 2.1 (temperatures), 4.4 (quarantine), 4.6 (papers).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from canteen.kit.problems import Finding, error, warning
from canteen.kit.texts import _
from suppliers.goods.rules import Category, PaperKind, Storage
from suppliers.purchasing.rules.senses import SENSE_NAMES, senses_for


@dataclass(frozen=True, slots=True)
class Limit:
    """The warmest that goods may be at the door, in tenths of a degree, and who says so."""

    most_tenths: int
    source: str


WARMEST: Mapping[Storage, Limit] = {
    Storage.CHILLED: Limit(80, "餐饮服务食品安全操作规范 (2018): chilled 0 to 8 ℃"),
    Storage.FROZEN: Limit(-90, "餐饮服务食品安全操作规范 (2018): frozen goods not above −9 ℃ on the surface"),
}
"""Warm meat (热鲜) is not chilled yet: its hours to the pot count, not its temperature."""

COME_WARM = frozenset({Category.PRODUCE, Category.EGG})
"""Vegetables, fruit and eggs travel at the air's temperature; the cold store cools them only afterwards."""

VALID_DAYS: Mapping[str, int] = {"product_a": 7, "product_b": 0, "animal_a": 5, "animal_b": 0}
"""How many days after its date an animal quarantine certificate holds, by its form: 产品B the same day, 产品A
at most seven, 动物A at most five (农业农村部, 2021)."""

EVENING_MINUTE = 17 * 60
"""From this minute on a 产品B is called one of the evening before: night slaughter for the next morning."""


@dataclass(frozen=True, slots=True)
class Goods:
    """One line at the door as the rules see it; quantities in grams or pieces."""

    category: str
    storage: str
    accepted: int
    produced_on: date | None = None
    expires_on: date | None = None
    celsius_tenths: int | None = None
    senses: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A paper that came with the batch. `minute` is the minute of the day it was signed, when it says so."""

    kind: str
    number: str
    form: str = ""
    issued_on: date | None = None
    minute: int | None = None


def needs_temperature(category: str, storage: str) -> bool:
    """Whether goods of a kind that is kept so are measured at the door."""
    travels_warm = category in COME_WARM and storage == Storage.CHILLED
    return Storage(storage) in WARMEST and not travels_warm


def line_findings(goods: Goods, on: date, at: str) -> list[Finding]:
    """Why a line cannot be accepted as it is typed: its dates, its temperature, what the senses say."""
    if not goods.accepted:
        return []
    return [
        *_date_findings(goods, on, at),
        *_temperature_findings(goods, at),
        *_sense_findings(goods, at),
    ]


def _date_findings(goods: Goods, on: date, at: str) -> list[Finding]:
    found = []
    if goods.produced_on and goods.produced_on > on:
        found.append(
            error("produced_later", _("The production date lies in the future."), f"{at}.produced_on")
        )
    if goods.expires_on and goods.expires_on < on:
        message = _("Past its shelf life since {day}: refuse it.")
        found.append(error("goods_expired", message, f"{at}.expires_on", day=goods.expires_on))
    if goods.produced_on and goods.expires_on and goods.expires_on < goods.produced_on:
        message = _("It would expire before it was made: look at both dates again.")
        found.append(error("dates_turned", message, f"{at}.expires_on"))
    return found


def _temperature_findings(goods: Goods, at: str) -> list[Finding]:
    if not needs_temperature(goods.category, goods.storage):
        return []
    limit = WARMEST[Storage(goods.storage)]
    if goods.celsius_tenths is None:
        message = _("Measure the temperature of chilled and frozen goods and type it here.")
        return [error("temperature_missing", message, f"{at}.celsius_tenths")]
    if goods.celsius_tenths <= limit.most_tenths:
        return []
    message = _("{found} ℃ is too warm: at most {most} ℃.")
    most, found = limit.most_tenths / 10, goods.celsius_tenths / 10
    return [error("too_warm", message, f"{at}.celsius_tenths", found=found, most=most)]


def _sense_findings(goods: Goods, at: str) -> list[Finding]:
    found = []
    for check in senses_for(goods.category, goods.storage):
        right = goods.senses.get(check)
        where = f"{at}.senses.{check}"
        if right is None:
            found.append(error("sense_missing", _("Look at this too and answer yes or no."), where))
        elif not right:
            message = _("What is wrong here cannot be accepted: refuse the line or that part of it.")
            found.append(error("sense_wrong", message, where, check=SENSE_NAMES[check]))
    return found


def certificate_findings(paper: Certificate, on: date, minute: int, until: int, at: str) -> list[Finding]:
    """Why a batch paper does not hold on the day (and minute) the goods came.

    `until` is the minute of the day up to which a 产品B of the evening before is taken with a warning
    (practice 24: a policy of the school).
    """
    found = []
    if not paper.number.strip():
        found.append(error("paper_number", _("Type the number of the paper."), f"{at}.number"))
    if paper.issued_on is None:
        return [*found, *_undated(paper, at)]
    if paper.issued_on > on:
        found.append(error("paper_later", _("The paper is dated in the future."), f"{at}.issued_on"))
    if paper.kind == PaperKind.ANIMAL_QUARANTINE:
        found += _quarantine_findings(paper, on, minute, until, at)
    return found


def _undated(paper: Certificate, at: str) -> list[Finding]:
    if paper.kind != PaperKind.ANIMAL_QUARANTINE:
        return []
    return [error("paper_date", _("Type the date of the certificate."), f"{at}.issued_on")]


def _quarantine_findings(paper: Certificate, on: date, minute: int, until: int, at: str) -> list[Finding]:
    if paper.issued_on is None:
        return []
    if (days := VALID_DAYS.get(paper.form)) is None:
        return [error("paper_form", _("Say which form it is: product A or product B."), f"{at}.form")]
    if on <= paper.issued_on + timedelta(days=days):
        return []
    if _of_the_evening_before(paper, on) and minute <= until:
        message = _("Product B of the evening before: it holds on the day it is signed only.")
        return [warning("quarantine_evening", message, f"{at}.issued_on")]
    message = _("The certificate of {day} held for {days} days and does not hold any more.")
    return [error("quarantine_expired", message, f"{at}.issued_on", day=paper.issued_on, days=days)]


def _of_the_evening_before(paper: Certificate, on: date) -> bool:
    evening = paper.minute is not None and paper.minute >= EVENING_MINUTE
    return paper.form == "product_b" and paper.issued_on == on - timedelta(days=1) and evening


def people_findings(checked_by: int | None, second_by: int | None) -> list[Finding]:
    """Two different people look at what comes (双人联检: 学校大宗食材采购验收管理工作指引, 2025)."""
    if second_by is None:
        return [error("second_missing", _("A second person looks too: name and PIN."), "second")]
    if second_by == checked_by:
        return [error("same_person", _("The second look is somebody else's, not your own."), "second")]
    return []


NEVER = frozenset({"goods_expired", "sense_wrong", "banned_good", "dates_turned", "produced_later"})
"""What nobody lets through, not the principal either (Decree 45 article 35): such goods are refused."""


def may_be_let_through(stops: Sequence[Finding]) -> bool:
    """Whether a principal may let a delivery in with these stops, for a written reason."""
    return not any(stop.rule in NEVER for stop in stops)
