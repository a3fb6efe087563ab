"""The table of policies: every key, its default, bounds, plain words and source."""

from collections.abc import Mapping

from canteen.schools.rules.keys import buying, kitchen, menus, money, paper
from canteen.schools.rules.keys.buying import BUYING
from canteen.schools.rules.keys.kitchen import HEALTH, SAMPLES
from canteen.schools.rules.keys.menus import MENUS, TIMES
from canteen.schools.rules.keys.money import MONEY
from canteen.schools.rules.keys.paper import PAPER
from canteen.schools.rules.policies import Policy

TOPICS = (SAMPLES, HEALTH, MENUS, TIMES, MONEY, PAPER, BUYING)
"""The headings of the settings page, in their order."""

POLICIES: Mapping[str, Policy] = {
    policy.key: policy for topic in (kitchen, menus, money, paper, buying) for policy in topic.DECIDED
}

__all__ = ["POLICIES", "TOPICS"]
