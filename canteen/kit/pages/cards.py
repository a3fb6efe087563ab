"""What the start page says: cards that the rooms give, each a thing that stands or waits."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from canteen.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Card:
    """One thing on the start page. Texts are message ids; `lines` come with what fills their places.

    `label` names the way to `url`, `tag` how it stands; `tone` is due (somebody must act), good, done, or
    nothing. What is due stands first.
    """

    title: str
    lines: Sequence[tuple[str, Mapping[str, Any]]]
    url: str
    label: str
    tag: str = ""
    tone: str = ""


Offer: TypeAlias = Callable[[Actor, Callable[[str], bool], date], Awaitable[list[Card]]]
"""A room's cards for whoever looks: the actor, what that person may (by permission), and today."""


def due_first(cards: Sequence[Card]) -> list[Card]:
    """The cards in their order, those that wait for a deed before the others."""
    return sorted(cards, key=lambda card: card.tone != "due")
