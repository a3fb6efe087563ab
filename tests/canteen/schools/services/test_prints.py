"""Every paper has a number; a changed one replaces; the signed sheet comes back as a photo."""

import asyncio
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import segno
from PIL import Image

from canteen.accounts.tables import Trail
from canteen.kit import db
from canteen.kit.pages import Listing
from canteen.kit.problems import Missing, Refused
from canteen.schools.rules.prints import PrintState, mark_path
from canteen.schools.services.prints import (
    Paper,
    find_by_photo,
    mark_of,
    print_by_mark,
    print_of,
    print_of_paper,
    print_paper,
    prints,
    register_print,
    sign_back,
    stamp_of,
    waiting_count,
)
from canteen.schools.services.uploads import keep_file, upload_of
from canteen.schools.tables import Print
from tests.cast import NOW
from tests.make import Cast, make_cast


async def paper(cast: Cast, content: bytes = b"v1", login: str = "wu", subject_id: int = 7) -> Print:
    async with db.write():
        return await register_print(
            cast.actor(login),
            kind="receipt",
            title="入库单 9月7日",
            subject="delivery",
            subject_id=subject_id,
            content=content,
            to_sign=True,
            now=NOW,
        )


def photo_of(text: str) -> bytes:
    """A photo of a sheet that carries this code."""
    code = BytesIO()
    segno.make(text, error="m").save(code, kind="png", scale=8, border=4)
    sheet = Image.new("RGB", (900, 900), "white")
    sheet.paste(Image.open(code), (100, 100))
    taken = BytesIO()
    sheet.save(taken, "JPEG", quality=90)
    return taken.getvalue()


async def test_papers_are_numbered_within_school_and_year(database: str) -> None:
    cast = await make_cast()
    first, second = await paper(cast), await paper(cast, subject_id=8)
    assert (first.number, second.number) == ("CP-2026-000001", "CP-2026-000002")
    assert (await paper(cast, login="ma")).number == "CP-2026-000001"


async def test_the_same_paper_again_is_the_same_print(database: str) -> None:
    cast = await make_cast()
    first, again = await paper(cast), await paper(cast)
    assert (again.id, again.version) == (first.id, 1)


async def test_a_changed_paper_is_the_next_version_and_replaces_the_one_before(database: str) -> None:
    cast = await make_cast()
    first, second = await paper(cast), await paper(cast, b"v2")
    assert (second.number, second.version, second.replaces) == (first.number, 2, first.id)
    assert (await print_of(cast.school, first.id)).state == PrintState.REPLACED
    assert await waiting_count(cast.school) == 1


async def test_a_signed_sheet_comes_back_once(database: str, tmp_path: Path) -> None:
    cast = await make_cast()
    sheet = await paper(cast)
    photo = await keep_file(photo_of("x"), tmp_path)
    signed = await sign_back(cast.actor("wu"), sheet.id, photo, now=NOW)
    assert (signed.state, signed.photo) == (PrintState.SIGNED, photo.digest)
    assert (await upload_of(cast.school, photo.digest)).size == photo.size
    with pytest.raises(Refused) as refused:
        await sign_back(cast.actor("wu"), sheet.id, photo, now=NOW)
    assert [f.rule for f in refused.value.findings] == ["print_not_waiting"]


async def test_a_replaced_sheet_is_not_signed_any_more(database: str, tmp_path: Path) -> None:
    cast = await make_cast()
    first, _second = await paper(cast), await paper(cast, b"v2")
    photo = await keep_file(photo_of("x"), tmp_path)
    with pytest.raises(Refused) as refused:
        await sign_back(cast.actor("wu"), first.id, photo, now=NOW)
    assert [f.rule for f in refused.value.findings] == ["print_replaced"]


async def test_a_signed_version_stays_signed_when_a_newer_one_is_printed(
    database: str, tmp_path: Path
) -> None:
    cast = await make_cast()
    first = await paper(cast)
    await sign_back(cast.actor("wu"), first.id, await keep_file(photo_of("x"), tmp_path), now=NOW)
    await paper(cast, b"v2")
    assert (await print_of(cast.school, first.id)).state == PrintState.SIGNED


async def test_a_sheet_is_found_by_the_code_on_its_photo(database: str) -> None:
    cast = await make_cast()
    sheet = await paper(cast)
    photo = photo_of("https://canteen.example" + mark_path(await mark_of(sheet)))
    assert (await find_by_photo(cast.school, photo)).id == sheet.id
    with pytest.raises(Missing):
        await find_by_photo(cast.actor("ma").school, photo)


async def test_a_photo_without_our_code_is_told_so(database: str) -> None:
    cast = await make_cast()
    with pytest.raises(Refused) as refused:
        await find_by_photo(cast.school, photo_of("https://weixin.qq.com/r/x"))
    assert [f.rule for f in refused.value.findings] == ["no_code"]


async def test_prints_and_files_of_another_school_are_missing(database: str, tmp_path: Path) -> None:
    cast = await make_cast()
    sheet = await paper(cast)
    photo = await keep_file(photo_of("x"), tmp_path)
    await sign_back(cast.actor("wu"), sheet.id, photo, now=NOW)
    stranger = cast.actor("ma").school
    with pytest.raises(Missing):
        await print_of(stranger, sheet.id)
    with pytest.raises(Missing):
        await print_by_mark(stranger, await mark_of(sheet))
    with pytest.raises(Missing):
        await upload_of(stranger, photo.digest)


async def test_the_register_is_searched_and_filtered(database: str) -> None:
    cast = await make_cast()
    await paper(cast)
    await paper(cast, b"v2")
    found, _next = await prints(cast.school, Listing(q="000001"))
    assert [row.version for row in found] == [2, 1]
    waiting, _next = await prints(cast.school, Listing(filters={"state": "waiting"}))
    assert [row.version for row in waiting] == [2]
    assert (await prints(cast.school, Listing(q="出库单")))[0] == []


async def test_papers_printed_at_once_get_numbers_of_their_own(database: str) -> None:
    cast = await make_cast()
    made = await asyncio.gather(*(paper(cast, subject_id=n) for n in range(12)))
    assert sorted(row.number for row in made) == [f"CP-2026-{n:06d}" for n in range(1, 13)]


async def test_a_paper_printed_again_is_a_copy_and_a_changed_one_replaces_it(database: str) -> None:
    cast = await make_cast()
    wu, base = cast.actor("wu"), "https://canteen.example"

    async def printed(content: bytes) -> tuple[int, int | None, str]:
        paper = Paper("stock.receipt", "lot", 1, "入库单", content, to_sign=True)
        made = await print_paper(wu, paper, now=NOW)
        assert await print_of_paper(cast.school, made.id, paper) is not None
        assert await print_of_paper(cast.actor("ma").school, made.id, paper) is None
        assert await print_of_paper(cast.school, made.id, replace(paper, content=b"other")) is None
        said = await stamp_of(made, base)
        return said.version, said.replaces, said.code

    at = f"{base}/p/A001/CP-2026-000001"
    assert await printed(b"first") == (1, None, f"{at}/1")
    assert await printed(b"first") == (1, None, f"{at}/1")
    assert await printed(b"second") == (2, 1, f"{at}/2")
    assert await Trail.count().where(Trail.deed == "schools.print") == 2
