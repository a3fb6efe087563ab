"""Menus (weeks) as JSON: `/api/v1/menus`."""

from typing import Any

from menus.weeks.api import life, planning, reading

routes: list[Any] = [*reading.routes, *planning.routes, *life.routes]
"""Every call under /api/v1/menus."""
