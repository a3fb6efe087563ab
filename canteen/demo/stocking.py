"""The demo's catalogue and store: the starter list with what the school's own menus need, and where things
lie.
"""

from datetime import datetime
from importlib.resources import files

from canteen.demo.cast import School
from canteen.demo.founding import Cast
from canteen.kit.actor import Actor
from canteen.tenants import services as tenants
from suppliers.goods.forms import TakeForm
from suppliers.goods.rules import Category, Storage
from suppliers.goods.services import import_goods, take_goods
from suppliers.stock.forms import PlaceForm
from suppliers.stock.services import add_place

OWN_GOODS = "goods.csv"
PLACES = (
    ("粮油库", Storage.DRY),
    ("调料干货架", Storage.DRY),
    ("1号冷藏柜", Storage.CHILLED),
    ("1号冷冻柜", Storage.FROZEN),
)


async def stock_up(cast: Cast, school: School, *, now: datetime) -> None:
    """Every good of the starter list, what the menus need beyond it, and the places of the store."""
    await take_goods(cast.actor(school.buyer), TakeForm(categories=tuple(Category)), now=now)
    await _import_own(cast.actor(school.buyer), now)
    keeper = cast.actor(school.storekeeper)
    (canteen,) = await tenants.canteens_of(keeper.school)
    for name, storage in PLACES:
        await add_place(keeper, PlaceForm(canteen.id, name, storage), now=now)


async def _import_own(buyer: Actor, now: datetime) -> None:
    data = files("canteen.demo").joinpath("data", OWN_GOODS).read_bytes()
    await import_goods(buyer, data, "本校补充货品.csv", again=False, now=now)
