"""The age bands, and how much of a 9-11 helping the other bands take.

Source: WS/T 554-2017 table 1, energy of a day (mean of boys and girls): 1625, 2000, 2275 and 2625 kcal; the
factors are these over the 9-11 figure, rounded to whole percent. A dish may set its own grams for a band.
"""

from collections.abc import Mapping
from enum import StrEnum


class Age(StrEnum):
    """The age bands of WS/T 554."""

    SIX = "6-8"
    NINE = "9-11"
    TWELVE = "12-14"
    FIFTEEN = "15-17"


FACTOR_PERCENT: Mapping[Age, int] = {Age.SIX: 81, Age.NINE: 100, Age.TWELVE: 114, Age.FIFTEEN: 131}


def milligrams_at(age: Age, base: int, own: Mapping[Age, int]) -> int:
    """Raw milligrams per head for a band: the dish's own figure, else the 9-11 figure by the factor.

    Scaled figures are rounded to whole grams from 10 g on and to tenths below: no kitchen weighs finer.
    """
    if age in own:
        return own[age]
    if age is Age.NINE:
        return base
    scaled = base * FACTOR_PERCENT[age] // 100
    step = 1000 if scaled >= 10_000 else 100
    return max((scaled + step // 2) // step * step, 1 if base else 0)
