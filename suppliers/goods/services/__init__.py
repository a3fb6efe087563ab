"""What people do with goods and ask about them, and the paper matrix of a school."""

from suppliers.goods.services.files import BadRows, keep_file, refuse_taken
from suppliers.goods.services.goods import (
    FILTERS,
    SORTS,
    all_goods,
    find_goods,
    good_of,
    goods_above,
    goods_by_ids,
    goods_by_name,
    goods_of_foods,
    list_goods,
)
from suppliers.goods.services.imports import bad_rows, import_goods
from suppliers.goods.services.keeping import add_good, change_good, restore_good, retire_good
from suppliers.goods.services.library import Offer, starter_offers, take_goods
from suppliers.goods.services.matrix import decide_need, matrix_on

__all__ = [
    "FILTERS",
    "SORTS",
    "BadRows",
    "Offer",
    "add_good",
    "all_goods",
    "bad_rows",
    "change_good",
    "decide_need",
    "find_goods",
    "good_of",
    "goods_above",
    "goods_by_ids",
    "goods_by_name",
    "goods_of_foods",
    "import_goods",
    "keep_file",
    "list_goods",
    "matrix_on",
    "refuse_taken",
    "restore_good",
    "retire_good",
    "starter_offers",
    "take_goods",
]
