"""What people do with foods and ask about them; a school's own rows and names lie over the shipped table."""

from menus.foods.services.imports import BadRows, bad_rows, import_foods
from menus.foods.services.names import keep_name, name_food, names_of
from menus.foods.services.own import add_food, change_food
from menus.foods.services.prices import price_history, prices_by_day, prices_on, set_price
from menus.foods.services.table import all_foods, find_food, is_own, search_foods, table_of

__all__ = [
    "BadRows",
    "add_food",
    "all_foods",
    "bad_rows",
    "change_food",
    "find_food",
    "import_foods",
    "is_own",
    "keep_name",
    "name_food",
    "names_of",
    "price_history",
    "prices_by_day",
    "prices_on",
    "search_foods",
    "set_price",
    "table_of",
]
