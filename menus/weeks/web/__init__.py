"""Pages of the weekly menu: the list, the board, its dishes, approval, files, templates and library."""

from collections.abc import Mapping
from typing import Any

from menus.dishes.rules import KIND_NAMES, METHOD_NAMES, SIZE_NAMES
from menus.foods.rules import ALLERGENS, NUTRIENTS
from menus.weeks.paper.sheets import STATUS_WORDS
from menus.weeks.web import boards, dishes, files, library, life, lists, prints
from menus.weeks.web.showing import STATES

routes: list[Any] = [
    *lists.routes,
    *library.routes,
    *files.routes,
    *boards.routes,
    *dishes.routes,
    *life.routes,
    *prints.routes,
]

VALUE_NAMES: Mapping[str, Mapping[Any, str]] = {
    "allergens": ALLERGENS,
    "field": NUTRIENTS,
    "kind": {**KIND_NAMES, **STATUS_WORDS},
    "method": METHOD_NAMES,
    "size": SIZE_NAMES,
    "state": STATES,
}
