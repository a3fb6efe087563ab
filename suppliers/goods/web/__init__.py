"""Pages of goods: the catalogue, what is taken over into it, and the paper matrix."""

from collections.abc import Mapping
from typing import Any

from suppliers.goods.rules import (
    CATEGORY_NAMES,
    MEASURE_NAMES,
    NEED_NAMES,
    PAPER_NAMES,
    PER_NAMES,
    SOURCE_NAMES,
    STORAGE_NAMES,
)
from suppliers.goods.web import catalogue, papers, taking

routes: list[Any] = [*catalogue.routes, *taking.routes, *papers.routes]

VALUE_NAMES: Mapping[str, Mapping[Any, str]] = {
    "category": CATEGORY_NAMES,
    "measure": MEASURE_NAMES,
    "need": NEED_NAMES,
    "paper": PAPER_NAMES,
    "per": PER_NAMES,
    "source": SOURCE_NAMES,
    "storage": STORAGE_NAMES,
}
