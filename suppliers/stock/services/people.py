"""Names for the ids that slips keep."""

from collections.abc import Iterable

from canteen.accounts.tables import Person


async def names_of(ids: Iterable[int | None]) -> dict[int | None, str]:
    """People's names by id, in one query."""
    wanted = [id_ for id_ in set(ids) if id_ is not None]
    if not wanted:
        return {}
    rows = await Person.select(Person.id, Person.name).where(Person.id.is_in(wanted))
    return {row["id"]: row["name"] for row in rows}
