"""Pages of the weekly menu: the list, the board, its dishes, approval, files, templates and library."""

from typing import Any

from menus.weeks.web import boards, dishes, files, library, life, lists, prints

routes: list[Any] = [
    *lists.routes,
    *library.routes,
    *files.routes,
    *boards.routes,
    *dishes.routes,
    *life.routes,
    *prints.routes,
]
