"""A stored week as values, and the larder that tells what its names mean and cost."""

from menus.weeks.services.sheet.building import head_of
from menus.weeks.services.sheet.larder import Larder, larder_of
from menus.weeks.services.sheet.reading import sheet_with, sheets_under, week_sheet
from menus.weeks.services.sheet.values import SheetDish, SheetMeal, WeekHead, WeekSheet

__all__ = [
    "Larder",
    "SheetDish",
    "SheetMeal",
    "WeekHead",
    "WeekSheet",
    "head_of",
    "larder_of",
    "sheet_with",
    "sheets_under",
    "week_sheet",
]
