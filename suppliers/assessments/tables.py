"""What a school, or the district over its schools, said of a supplier after a school year."""

from typing import Any, ClassVar

from piccolo.columns import ForeignKey, Integer, Text, Varchar
from piccolo.table import Table

from canteen.kit.db import index, unique
from canteen.schools.tables import Entered
from canteen.tenants.tables import NO
from suppliers.assessments.rules import Outcome
from suppliers.licences.tables import Supplier


class Assessment(Entered, Table, tablename="suppliers_assessment"):
    """A supplier's school year. `figures` is a JSON object of what its deliveries show, `marks` of the marks.

    `year` is the first calendar year of the school year. A later row of the same supplier and year corrects
    the one it names.
    """

    supplier = ForeignKey(Supplier, null=False, **NO)
    year = Integer(null=False)
    figures = Text(null=False)
    marks = Text(null=False)
    score = Integer(null=False)
    outcome = Varchar(length=12, choices=Outcome, null=False)
    reason = Text(null=False)
    corrects: ForeignKey[Any] = ForeignKey("self", null=True, default=None, **NO)

    KEYS: ClassVar = (unique("school", "id"), index("school", "supplier", "year"), index("school", "year"))
    CHECKS: ClassVar = {"score": "score >= 0 AND score <= 100"}
