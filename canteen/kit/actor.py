"""Who does a deed. A value every room may know; the accounts room fills it at the edge."""

from dataclasses import dataclass

from canteen.kit.problems import Forbidden


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or a key, or the house itself when `person` is None) acting in one school.

    `school` is the tenant id the deed happens in, `roles` the person's roles there on that day,
    `device` the signed-in kitchen device, `request_id` ties the trail to the request log, `key` is the
    API key of a machine. `canteens` are those that the deed's permission is held at, when its roles were
    given for some canteens of the school only; None: all of them.
    """

    person: int | None
    school: int
    roles: frozenset[str] = frozenset()
    device: int | None = None
    request_id: str = ""
    key: int | None = None
    canteens: frozenset[int] | None = None


def acts_at(actor: Actor, canteen: int | None) -> bool:
    """Whether the actor may do the deed at that canteen; None stands for what concerns the whole school."""
    return actor.canteens is None or canteen in actor.canteens


def refuse_other_canteen(actor: Actor, canteen: int | None) -> None:
    """Step: raise Forbidden unless the actor may do the deed at that canteen (None: for the whole school).

    Every deed that writes rows of a canteen calls it with the canteen of those rows, of a stored row with
    the one that is stored. Looking at another canteen of the same school stays free.
    """
    if not acts_at(actor, canteen):
        raise Forbidden
