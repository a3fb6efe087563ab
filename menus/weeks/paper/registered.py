"""How the register of prints knows the papers of a week."""

from canteen.schools.services.prints import Paper
from menus.weeks.paper.content import blank_content, kitchen_content, poster_content
from menus.weeks.paper.kitchen import kitchen_title
from menus.weeks.paper.poster import poster_title
from menus.weeks.services.papers import BLANK_KITCHEN, KITCHEN, POSTER, KitchenFacts, PosterFacts


def poster_paper(facts: PosterFacts) -> Paper:
    """The poster of a week: it hangs on the wall and waits for no ink."""
    content = poster_content(facts)
    return Paper(POSTER, "week", facts.head.id, poster_title(facts), content, to_sign=False)


def kitchen_paper(facts: KitchenFacts, *, blank: bool = False) -> Paper:
    """The kitchen sheet of a meal, filled in or for the pen; both wait for their signatures."""
    kind = BLANK_KITCHEN if blank else KITCHEN
    content = blank_content(facts) if blank else kitchen_content(facts)
    return Paper(kind, "meal", facts.meal.id, kitchen_title(facts), content, to_sign=True)
