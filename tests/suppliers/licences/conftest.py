"""Suppliers, papers and scans for the tests of this room."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from canteen.accounts.rules import Role
from canteen.kit import uploads
from canteen.kit.actor import Actor
from canteen.kit.uploads import Stored
from suppliers.goods.rules import Category, PaperKind, Source
from suppliers.licences import services
from suppliers.licences.forms import PaperForm, SupplierForm
from tests.cast import NOW, TODAY
from tests.make import Cast, app, give_role, make_cast

CODE = "911101083303521997"
JY, SC = "JY13301080111719", "SC10451010400238"


def photo(colour: str = "red") -> bytes:
    """A small photo."""
    out = BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return out.getvalue()


def stored(colour: str = "red") -> Stored:
    """A photo that is on disk."""
    return uploads.store(photo(colour), Path(app().state.data_dir))


def supplier_form(**changes: Any) -> SupplierForm:
    """A delivery company that sells oil and meat products."""
    values: dict[str, Any] = {
        "name": "绿源配送有限公司",
        "source": Source.TRADER,
        "categories": (Category.OIL, Category.MEAT_PRODUCT),
        "credit_code": CODE,
        "contact": "王经理",
        "phone": "13800000000",
        "address": "城关区东街1号",
    }
    return SupplierForm(**{**values, **changes})


def paper_form(**changes: Any) -> PaperForm:
    """Its operation licence, good for another year."""
    values: dict[str, Any] = {
        "kind": PaperKind.FOOD_OPERATION,
        "number": JY,
        "issuer": "城关区市场监督管理局",
        "valid_from": date(2023, 9, 1),
        "valid_to": TODAY + timedelta(days=365),
    }
    return PaperForm(**{**values, **changes})


@pytest.fixture
async def cast(database: str) -> Cast:
    """The cast on each engine in turn; 何厨师 is the safety officer too."""
    return await _cast()


@pytest.fixture
async def house(sqlite: str) -> Cast:
    """The same on SQLite only: for pages."""
    return await _cast()


async def _cast() -> Cast:
    made = await make_cast()
    await give_role(made.people["he"], made.school, Role.SAFETY_OFFICER)
    return made


def manager(cast: Cast) -> Actor:
    """陈师傅, who enters papers."""
    return cast.actor("chen")


def officer(cast: Cast) -> Actor:
    """何厨师, who verifies them."""
    return cast.actor("he")


async def add_supplier(cast: Cast, **changes: Any) -> int:
    """A supplier of the first school."""
    return await services.add_supplier(manager(cast), supplier_form(**changes), now=NOW)


async def add_paper(cast: Cast, supplier: int | None, *, verified: bool = True, **changes: Any) -> int:
    """A paper of a supplier, verified by the second person unless told otherwise."""
    licence = await services.add_paper(manager(cast), supplier, paper_form(**changes), [stored()], now=NOW)
    if verified:
        await services.verify_paper(officer(cast), licence, now=NOW)
    return licence
