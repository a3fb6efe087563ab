"""Pages of the weekly menu: the list, the board, its dishes, approval, files and templates."""

from typing import Any

from menus.weeks.web import boards, dishes, files, life, lists, prints

routes: list[Any] = [
    *lists.routes,
    *files.routes,
    *boards.routes,
    *dishes.routes,
    *life.routes,
    *prints.routes,
]
