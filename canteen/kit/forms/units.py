"""Integers that people type with a decimal point: the unit they type and the unit we keep."""

from typing import Annotated

from msgspec import Meta

Fen = Annotated[int, Meta(extra={"typed_scale": 100})]
NonNegativeFen = Annotated[int, Meta(ge=0, extra={"typed_scale": 100})]
Milligrams = Annotated[int, Meta(extra={"typed_scale": 1000})]
NonNegativeMilligrams = Annotated[int, Meta(ge=0, extra={"typed_scale": 1000})]
CelsiusTenths = Annotated[int, Meta(extra={"typed_scale": 10})]
Thousandths = Annotated[int, Meta(gt=0, extra={"typed_scale": 1000})]
NonNegativeThousandths = Annotated[int, Meta(ge=0, extra={"typed_scale": 1000})]
