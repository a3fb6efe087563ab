"""What a stocktake finds, in quantity and in money."""

from dataclasses import dataclass

from canteen.kit.problems import Finding, error
from canteen.kit.texts import _
from suppliers.stock.rules.lots import share_of


@dataclass(frozen=True, slots=True)
class Counted:
    """One lot of a stocktake: the book's quantity and cost, what was found, and why it differs."""

    lot: int
    book: int
    fen: int
    counted: int | None
    cause: str | None = None

    @property
    def difference(self) -> int:
        """Found less booked; 0 while nothing was counted."""
        return 0 if self.counted is None else self.counted - self.book

    @property
    def difference_fen(self) -> int:
        """What the difference costs: a loss its share of the lot, a gain at the lot's own price."""
        if not self.difference or not self.book:
            return 0
        sign = 1 if self.difference > 0 else -1
        return sign * share_of(self.fen, self.book, abs(self.difference))


def closing_findings(lines: list[Counted]) -> list[Finding]:
    """Why a stocktake cannot be closed: lots nobody counted, differences nobody explained."""
    findings = []
    for line in lines:
        at = f"lines.{line.lot}"
        if line.counted is None:
            findings.append(error("not_counted", _("This lot was not counted yet."), f"{at}.counted"))
        elif line.difference and line.cause is None:
            findings.append(error("no_cause", _("Say why book and count differ."), f"{at}.cause"))
    return findings
