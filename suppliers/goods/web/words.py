"""Names of codes, as the pages of goods need them."""

from collections.abc import Mapping
from typing import Any

from litestar import Request

from canteen.kit.pages import language
from canteen.kit.texts import say
from suppliers.goods.rules import CATEGORY_NAMES, MEASURE_NAMES, STORAGE_NAMES

AnyRequest = Request[Any, Any, Any]
READ: dict[str, Any] = {"may": "goods.read"}
EDIT: dict[str, Any] = {"may": "goods.edit"}
NAMES: dict[str, Any] = {
    "category_names": CATEGORY_NAMES,
    "measure_names": MEASURE_NAMES,
    "storage_names": STORAGE_NAMES,
}


def choices(request: AnyRequest, labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Codes and their names in the reader's language."""
    return [(str(code), say(language(request), label)) for code, label in labels.items()]
