"""What people do with dishes and ask of them.

add_dish change_dish copy_dish retire_dish restore_dish set_photo take_dishes     deeds
list_dishes all_dishes find_dish at_age versions_of suggest_dishes photo_of       a school's dishes
pool cards_of_versions                              for menus: recipes by age band, versions once used
shipped_dishes dishes_above                         libraries to copy from
look_at suggest_foods                               beside a recipe while it is typed
"""

from menus.dishes.services.figures import Look, look_at, suggest_foods
from menus.dishes.services.keeping import (
    add_dish,
    change_dish,
    copy_dish,
    photo_of,
    restore_dish,
    retire_dish,
    set_photo,
)
from menus.dishes.services.library import Offer, dishes_above, shipped_dishes, take_dishes
from menus.dishes.services.reading import (
    FILTERS,
    SORTS,
    all_dishes,
    at_age,
    cards_of_versions,
    find_dish,
    list_dishes,
    pool,
    suggest_dishes,
    versions_of,
)
from menus.dishes.services.recipes import Card

__all__ = [
    "FILTERS",
    "SORTS",
    "Card",
    "Look",
    "Offer",
    "add_dish",
    "all_dishes",
    "at_age",
    "cards_of_versions",
    "change_dish",
    "copy_dish",
    "dishes_above",
    "find_dish",
    "list_dishes",
    "look_at",
    "photo_of",
    "pool",
    "restore_dish",
    "retire_dish",
    "set_photo",
    "shipped_dishes",
    "suggest_dishes",
    "suggest_foods",
    "take_dishes",
    "versions_of",
]
