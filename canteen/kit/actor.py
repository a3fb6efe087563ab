"""Who does a deed. A value every room may know; the accounts room fills it at the edge."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or a key, or the house itself when `person` is None) acting in one school.

    `school` is the tenant id the deed happens in, `roles` the person's roles there on that day,
    `device` the signed-in kitchen device, `request_id` ties the trail to the request log, `key` is the
    API key of a machine.
    """

    person: int | None
    school: int
    roles: frozenset[str] = frozenset()
    device: int | None = None
    request_id: str = ""
    key: int | None = None
