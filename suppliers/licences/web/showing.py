"""What the pages of this room share: names, tones, permissions, choices."""

from collections.abc import Mapping
from typing import Any

from litestar import Request

from canteen.kit.pages import language
from canteen.kit.texts import _, say
from suppliers.goods.rules import CATEGORY_NAMES, PAPER_NAMES, SOURCE_NAMES, PaperKind
from suppliers.licences.rules import STANDING_NAMES, STATE_NAMES, PaperState, Standing

AnyRequest = Request[Any, Any, Any]
READ = {"may": "licences.read"}
EDIT = {"may": "licences.edit"}
VERIFY = {"may": "licences.verify"}
STANDING = {"may": "licences.standing"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

TONES: Mapping[PaperState, str] = {
    PaperState.PENDING: "due",
    PaperState.VERIFIED: "good",
    PaperState.EXPIRING: "due",
    PaperState.EXPIRED: "bad",
    PaperState.REJECTED: "bad",
    PaperState.SUPERSEDED: "done",
}
STANDING_TONES: Mapping[Standing, str] = {
    Standing.ACTIVE: "good",
    Standing.WARNED: "due",
    Standing.SUSPENDED: "bad",
    Standing.BLACKLISTED: "bad",
    Standing.LEFT: "done",
}
ARRIVALS = {
    "typed": _("entered here"),
    "link": _("handed in by the supplier"),
    "district": _("from the district's library"),
    "import": _("from a list"),
}
OWN_KINDS = (
    PaperKind.FOOD_OPERATION,
    PaperKind.BUSINESS_LICENCE,
    PaperKind.GRADE,
    PaperKind.WATER_TEST,
    PaperKind.GAS_CHECK,
    PaperKind.LIFT_CHECK,
    PaperKind.LIABILITY_INSURANCE,
    PaperKind.CONTRACT,
    PaperKind.SERVICE_CONTRACT,
    PaperKind.PROMISE,
)
"""What hangs in a canteen of its own (practice 27)."""

_OF_BATCHES = (
    PaperKind.PURCHASE_PROOF,
    PaperKind.BATCH_REPORT,
    PaperKind.RELEASE_CERTIFICATE,
    PaperKind.CONFORMITY,
    PaperKind.ANIMAL_QUARANTINE,
    PaperKind.MEAT_INSPECTION,
    PaperKind.SPLIT_SALE,
    PaperKind.SWINE_FEVER,
    PaperKind.IMPORT_QUARANTINE,
    PaperKind.QUICK_TEST,
)
SELLER_KINDS = tuple(kind for kind in PaperKind if kind not in (*_OF_BATCHES, PaperKind.GRADE))
"""What a seller has once, not with each batch."""

NAMES: dict[str, Any] = {
    "arrivals": ARRIVALS,
    "category_names": CATEGORY_NAMES,
    "paper_names": PAPER_NAMES,
    "source_names": SOURCE_NAMES,
    "standing_names": STANDING_NAMES,
    "standing_tones": STANDING_TONES,
    "state_names": STATE_NAMES,
    "tones": TONES,
}


def choices(request: AnyRequest, labels: Mapping[Any, str], only: Any = None) -> list[tuple[str, str]]:
    """Codes and their names in the reader's language."""
    kept = labels if only is None else {code: labels[code] for code in only}
    return [(str(code), say(language(request), label)) for code, label in kept.items()]
