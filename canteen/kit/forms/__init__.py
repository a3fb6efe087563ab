"""What people typed becomes a form, with every error said at once.

    mapping = await read_form(request)      # a form's fields or a JSON body, nested by name
    form = parse(DishForm, mapping)         # a frozen msgspec.Struct; raises Refused with ALL findings

Names nest as `dishes.0.grams` or `dishes[0][grams]`; each finding's `at` is the field's path
(`dishes.2.grams`). Text is trimmed, a blank counts as not given, full-width digits and thousands commas are
read as numbers, a repeated key is a list. A list of structs drops rows that are wholly blank. A bool without
a value is its default, else False. What the struct does not name is ignored.

Units people type (text) become the integers we keep; a JSON number is taken as the integer itself:
`Fen` (typed in yuan), `Milligrams` (typed in grams), `CelsiusTenths` (typed in degrees), `Thousandths` (a
count of any unit: 12.5 is 12500).
"""

from canteen.kit.forms.parsing import parse
from canteen.kit.forms.reading import nest, read_form
from canteen.kit.forms.units import (
    CelsiusTenths,
    Fen,
    Milligrams,
    NonNegativeFen,
    NonNegativeMilligrams,
    NonNegativeThousandths,
    Thousandths,
)

__all__ = [
    "CelsiusTenths",
    "Fen",
    "Milligrams",
    "NonNegativeFen",
    "NonNegativeMilligrams",
    "NonNegativeThousandths",
    "Thousandths",
    "nest",
    "parse",
    "read_form",
]
