"""The register of prints as a workbook that the office can file."""

from dataclasses import dataclass
from datetime import UTC, datetime

from canteen.kit.sheets import read_rows
from canteen.schools.paper import prints_workbook


@dataclass
class Sheet:
    number: str = "CP-2026-000001"
    version: int = 2
    title: str = "=入库单"
    state: str = "waiting"
    printed_at: datetime = datetime(2026, 9, 7, 0, 30, tzinfo=UTC)
    signed_at: datetime | None = None


def test_each_print_is_a_line_in_the_readers_words() -> None:
    sheet = read_rows(prints_workbook([Sheet()], "zh_CN"), "prints.xlsx")
    assert "待签" in str(sheet)
    assert "CP-2026-000001" in str(sheet)
