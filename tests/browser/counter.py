"""A house with a counter: run as a program, it fills a fresh database for the browser to work in."""

import asyncio
import sys
from datetime import date

from canteen.accounts.rules import Role
from canteen.kit import db
from canteen.kit.db import schema
from suppliers.goods.forms import TakeForm
from suppliers.goods.rules import Category
from suppliers.goods.services import take_goods
from tests.cast import NOW
from tests.make import give_role, make_cast
from tests.suppliers.purchasing.door import company, manager, with_pin


async def fill(url: str) -> None:
    """The cast, a seller whose papers are in order, and the starter list of goods; 何厨师 has a PIN."""
    db.connect(url)
    await db.start()
    try:
        await schema.migrate()
        cast = await make_cast()
        await give_role(cast.people["he"], cast.school, Role.SAFETY_OFFICER)
        await with_pin(cast)
        await take_goods(manager(cast), TakeForm(categories=tuple(Category)), now=NOW)
        await company(cast, valid_to=date(2099, 1, 1))
    finally:
        await db.close()


if __name__ == "__main__":
    asyncio.run(fill(sys.argv[1]))
