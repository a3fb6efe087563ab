"""`canteen trail`: whether anybody touched what was done."""

import sys
from dataclasses import asdict

import click

from canteen.accounts.services.seals import Report, verify_all
from canteen.cli.answers import DATA_HAS_ERRORS, form_option, give_up, told
from canteen.cli.db import CANNOT, in_database
from canteen.kit.clock import utc_now
from canteen.kit.db import schema
from canteen.kit.problems import Missing
from canteen.kit.texts import DEFAULT, _, say

WORDS = {
    "gone": _("{school}: the row at place {place} is gone"),
    "changed": _("{school}: row {row} at place {place} was changed"),
    "beyond": _("{school}: row {row} at place {place} was slipped in"),
}


@click.group()
def trail() -> None:
    """The trail: verify that it was not touched."""


@trail.command("verify")
@click.option("--school", help="Only the school, central school or district with this code.")
@form_option
@CANNOT
def verify_chains(school: str | None, form: str) -> None:
    """Walk the hash chains and name the first row of each that does not hold; exits 1 when there is one."""
    try:
        reports = in_database(lambda: _verified(school))
    except Missing:
        give_up(say(DEFAULT, _("no school has the code {code}"), code=school))
    if reports is None:
        give_up(say(DEFAULT, _("This database has not this version’s schema: run canteen db migrate")))
    broken = {code: report for code, report in reports.items() if not report.holds}
    if form == "text":
        for code, report in broken.items():
            click.echo(_line(code, report))
    document = {"chains": [{**asdict(report), "school": code} for code, report in reports.items()]}
    rows = sum(report.sealed for report in reports.values())
    message = _("{chains} chains with {rows} rows verified, {broken} broken")
    told(form, document, message, chains=len(reports), rows=rows, broken=len(broken))
    sys.exit(DATA_HAS_ERRORS if broken else 0)


async def _verified(school: str | None) -> dict[str, Report] | None:
    """What was found of each chain; None while the schema is not that of this version."""
    return None if await schema.outstanding() else await verify_all(utc_now(), school)


def _line(code: str, report: Report) -> str:
    broken = report.broken
    assert broken is not None
    return say(DEFAULT, WORDS[broken.kind], school=code, row=broken.row or "–", place=broken.place)
