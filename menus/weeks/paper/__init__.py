"""What is printed of a week: the poster, the kitchen sheet, their workbooks, the week as a file."""

from menus.weeks.paper.content import blank_content, kitchen_content, poster_content
from menus.weeks.paper.kitchen import kitchen_sheet, kitchen_title
from menus.weeks.paper.poster import SIZES, poster, poster_title
from menus.weeks.paper.sheets import blank_menu, kitchen_workbook, menu_csv, menu_workbook, poster_workbook

__all__ = [
    "SIZES",
    "blank_content",
    "blank_menu",
    "kitchen_content",
    "kitchen_sheet",
    "kitchen_title",
    "kitchen_workbook",
    "menu_csv",
    "menu_workbook",
    "poster",
    "poster_content",
    "poster_title",
    "poster_workbook",
]
