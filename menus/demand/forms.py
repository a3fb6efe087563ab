"""What people send about a meal's goods."""

from typing import Annotated

import msgspec
from msgspec import Meta

from canteen.kit.described import Id
from suppliers.stock.forms import IssueForm


class MenuIssueForm(IssueForm, frozen=True):
    """The slip that was proposed from the menu, as the storekeeper changed it.

    `again` issues for a meal that has a slip already: something was fetched later.
    """

    again: bool = False


class MapForm(msgspec.Struct, frozen=True):
    """From now on this good is that food of the composition table."""

    good: Id
    food_code: Annotated[str, Meta(min_length=1, max_length=16)]
