"""Pages of suppliers and their papers."""

from collections.abc import Mapping
from typing import Any

from suppliers.goods.rules import CATEGORY_NAMES, PAPER_NAMES, SOURCE_NAMES
from suppliers.licences.rules import STANDING_NAMES
from suppliers.licences.web import library, links, papers, prints, suppliers, wall
from suppliers.licences.web.home import home

routes: list[Any] = [
    *suppliers.routes,
    *library.routes,
    *papers.routes,
    *wall.routes,
    *links.routes,
    *prints.routes,
]

VALUE_NAMES: Mapping[str, Mapping[Any, str]] = {
    "categories": CATEGORY_NAMES,
    "kind": PAPER_NAMES,
    "source": SOURCE_NAMES,
    "standing": STANDING_NAMES,
}
"""What values in the trail stand for."""

__all__ = ["VALUE_NAMES", "home", "routes"]
