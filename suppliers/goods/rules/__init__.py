"""What the law and the kitchen say about goods: the words, the paper matrix, weights and units."""

from suppliers.goods.rules.kinds import (
    CATEGORY_NAMES,
    PAPER_NAMES,
    SOURCE_NAMES,
    STORAGE_NAMES,
    Category,
    Measure,
    Need,
    PaperKind,
    Per,
    Source,
    Storage,
)

__all__ = [
    "CATEGORY_NAMES",
    "PAPER_NAMES",
    "SOURCE_NAMES",
    "STORAGE_NAMES",
    "Category",
    "Measure",
    "Need",
    "PaperKind",
    "Per",
    "Source",
    "Storage",
]
