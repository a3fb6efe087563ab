"""From which amounts more is asked of a purchase: the school's policies."""

from datetime import date

from canteen.schools.services.policies import values_on
from suppliers.purchasing.rules.quotes import Amounts

KEYS = ("quotes_from_fen", "principal_from_fen", "collective_from_fen")


async def amounts_of(school: int, on: date) -> Amounts:
    """The school's thresholds on a day."""
    found = await values_on(school, KEYS, on)
    values = [value if isinstance(value, int) else None for value in (found[key] for key in KEYS)]
    return Amounts(*values)
