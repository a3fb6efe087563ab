"""For how long a role may be lent."""

from datetime import date, timedelta

from canteen.kit.problems import Finding, error
from canteen.kit.texts import _

LONGEST = timedelta(days=62)


def delegation_findings(from_day: date, until_day: date, today: date) -> list[Finding]:
    """`days_order`, `days_past`, `days_too_many`: a delegation is dated and short (practice 6).

    Who is away for longer gives the role to somebody else.
    """
    if until_day < from_day:
        return [error("days_order", _("The last day lies before the first."), "until_day")]
    if until_day < today:
        return [error("days_past", _("These days are over."), "until_day")]
    if until_day - from_day > LONGEST:
        message = _("A role is lent for at most {most} days.")
        return [error("days_too_many", message, "until_day", most=LONGEST.days)]
    return []
