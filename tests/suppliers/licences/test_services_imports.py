"""A list of suppliers as a file: taken whole, or refused with every wrong cell."""

import pytest

from canteen.kit.pages import Listing
from canteen.kit.problems import Refused
from canteen.kit.sheets import BadFile
from suppliers.goods.rules import Category
from suppliers.licences import services
from suppliers.licences.forms import ImportOptions
from suppliers.licences.rules import PaperState
from tests.cast import NOW, TODAY
from tests.make import Cast
from tests.suppliers.licences.conftest import CODE, JY, add_supplier, manager

HEAD = "供应商名称,类型,统一社会信用代码,联系人,电话,地址,供货品类,许可证号,有效期至"
GOOD = f"绿源配送,配送公司,{CODE},王经理,13800000000,东街1号,粮油；肉制品,{JY},2027-01-31"
STALL = "老张肉铺,摊位,,老张,13900000000,,猪肉,,"


def file(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


async def test_a_list_of_suppliers_is_taken_with_its_licences_to_be_verified(cast: Cast) -> None:
    taken = await services.import_suppliers(
        manager(cast), file(GOOD, STALL), "供应商.csv", ImportOptions(), now=NOW
    )
    assert taken == 2
    lines, _next = await services.list_suppliers(cast.school, Listing(), today=TODAY)
    found = {line.row.name: line for line in lines}
    assert found["绿源配送"].categories == {Category.OIL, Category.MEAT_PRODUCT}
    assert found["绿源配送"].states == {PaperState.PENDING: 1}
    assert found["老张肉铺"].states == {}


async def test_every_wrong_cell_of_every_row_is_named_and_nothing_is_kept(cast: Cast) -> None:
    await add_supplier(cast)
    rows = (
        "绿源配送有限公司,配送公司,9131000063159284XQ,,1,,油,,",
        "甲,不知道,,,1,,油,,",
        "乙,配送公司,91350211M0000XUF46,,,,天上飞的,,",
        "丙,农户,,,1,,蔬菜,JY13301080111718,",
        "丁,摊位,,,1,,猪肉,,",
        "丁,摊位,,,1,,猪肉,,",
    )
    with pytest.raises(BadFile) as bad:
        await services.import_suppliers(manager(cast), file(*rows), "a.csv", ImportOptions(), now=NOW)
    assert [(e.line, e.column) for e in bad.value.errors] == [
        (2, "供应商名称"),
        (3, "类型"),
        (4, "供货品类"),
        (5, "identity"),
        (5, "许可证号"),
        (5, "有效期至"),
        (7, "供应商名称"),
    ]
    lines, _next = await services.list_suppliers(cast.school, Listing(), today=TODAY)
    assert len(lines) == 1


async def test_the_bad_rows_come_back_as_a_file_with_the_reasons(cast: Cast) -> None:
    bad = await services.bad_rows(cast.school, file(GOOD, "甲,不知道,,,1,,油,,"), "a.csv", "zh_CN")
    assert bad is not None
    assert len(bad.errors) == 1
    assert bad.file
    assert await services.bad_rows(cast.school, file(GOOD), "a.csv", "zh_CN") is None


async def test_the_same_file_twice_is_refused_unless_told_so(cast: Cast) -> None:
    await services.import_suppliers(manager(cast), file(STALL), "a.csv", ImportOptions(), now=NOW)
    with pytest.raises(Refused) as refused:
        await services.import_suppliers(manager(cast), file(STALL), "b.csv", ImportOptions(), now=NOW)
    assert [f.rule for f in refused.value.findings] == ["same_file"]
