"""Names of codes and permissions, as the pages of deliveries need them."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from litestar import Request

from canteen.kit.pages import language
from canteen.kit.texts import _, say
from canteen.schools.web.words import MEAL_NAMES
from suppliers.goods.rules import CATEGORY_NAMES, PAPER_NAMES
from suppliers.purchasing.rules import (
    DELIVERY_KIND_NAMES,
    DELIVERY_STATE_NAMES,
    REFUSAL_NAMES,
    SENSE_NAMES,
    VERDICT_NAMES,
    WAY_NAMES,
)

AnyRequest: TypeAlias = Request[Any, Any, Any]
READ: dict[str, Any] = {"may": "purchasing.read"}
RECEIVE: dict[str, Any] = {"may": "purchasing.receive"}
KEEP: dict[str, Any] = {**RECEIVE, "looks": True}
"""What a kitchen device keeps before anybody has said who stands there: drafts and photos, no decision."""

EXCEPTION: dict[str, Any] = {"may": "purchasing.exception"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: Mapping[str, str] = {
    "product_a": _("Product A: from another province, 7 days"),
    "product_b": _("Product B: from this province, the same day"),
}
TONES: Mapping[str, str] = {
    "draft": "due",
    "provisional": "bad",
    "accepted": "good",
    "part": "due",
    "refused": "bad",
    "replaced": "done",
}
NAMES: dict[str, Any] = {
    "category_names": CATEGORY_NAMES,
    "paper_names": PAPER_NAMES,
    "kind_names": DELIVERY_KIND_NAMES,
    "state_names": DELIVERY_STATE_NAMES,
    "refusal_names": REFUSAL_NAMES,
    "sense_names": SENSE_NAMES,
    "verdict_names": VERDICT_NAMES,
    "way_names": WAY_NAMES,
    "meal_names": MEAL_NAMES,
    "form_names": FORMS,
    "tones": TONES,
}


def choices(request: AnyRequest, labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Codes and their names in the reader's language."""
    return [(str(code), say(language(request), label)) for code, label in labels.items()]
