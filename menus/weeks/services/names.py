"""What the names of a file mean, as the planner says it: a food chosen or one typed."""

from collections.abc import Sequence

from canteen.kit.problems import Finding, Refused, error, refuse_if
from canteen.kit.texts import _
from menus.foods.forms import NameForm
from menus.foods.rules import Food, FoodTable
from menus.foods.services import table_of
from menus.weeks.forms import VagueForm
from menus.weeks.forms.weeks import Meaning

MOST_OFFERED = 12


async def meanings(school: int, names: Sequence[Meaning]) -> list[NameForm]:
    """The names that were answered, a typed food before a chosen one. Raises Refused at each wrong field."""
    table = await table_of(school)
    read = [_meant(name, table, f"names.{n}.food") for n, name in enumerate(names)]
    refuse_if([one for one in read if isinstance(one, Finding)])
    return [one for one in read if isinstance(one, NameForm) and one.food_code]


async def answered(school: int, form: VagueForm) -> VagueForm:
    """The answer by its food's code; a typed food goes before the chosen one. Raises Refused."""
    if not form.food:
        return form
    meant = _meant(Meaning(form.name, food=form.food), await table_of(school), "food")
    if isinstance(meant, Finding):
        raise Refused([meant])
    return VagueForm(form.name, meant.food_code)


def _meant(name: Meaning, table: FoodTable, at: str) -> NameForm | Finding:
    if not name.food:
        return NameForm(name.name, name.food_code)
    food = table.find(name.food)
    if food is None:
        near = [one.name for one in table.candidates(name.food, 3)]
        message = _("No food of the table is called {food}. Near: {names}")
        return error("no_such_food", message, at, food=name.food, names=near)
    return NameForm(name.name, food.code)


async def offered(school: int, text: str) -> list[Food]:
    """The foods whose name, alias or pinyin holds what is typed, the best first."""
    return (await table_of(school)).search(text)[:MOST_OFFERED] if text.strip() else []
