"""The turn of the demo's last term: its opening tasks came by themselves and were ticked off one by one."""

from datetime import datetime, timedelta

from canteen.accounts.rules import Role
from canteen.demo.cast import PEOPLE, School
from canteen.demo.founding import Cast
from canteen.kit.clock import at_local, local_day
from canteen.notices.services.deeds import tick
from canteen.notices.services.inbox import open_tasks
from canteen.notices.services.rounds import make_round
from canteen.schools.services.terms import terms

POSTED_BEFORE = timedelta(days=7)


async def open_term(cast: Cast, school: School, now: datetime) -> None:
    """A week before the term that began last: the big check, done by those whose task each was."""
    begun = [term for term in await terms(cast.tenants[school.code]) if term.first_day <= local_day(now)]
    posted = begun[-1].first_day - POSTED_BEFORE
    await make_round(at_local(posted, 7))
    people = [part for part in PEOPLE if part.tenant == school.code and Role.PRINCIPAL not in part.roles]
    for day, login in enumerate([*(part.login for part in people), school.principal]):
        at = at_local(posted + min(timedelta(days=day), POSTED_BEFORE - timedelta(days=1)), 16, 20)
        actor = cast.actor(login)
        for task in await open_tasks(actor, at):
            if task.by_hand:
                await tick(actor, task.id, now=at)
