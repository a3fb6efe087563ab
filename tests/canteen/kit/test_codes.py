"""QR codes made, drawn and read again."""

from io import BytesIO
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from canteen.kit import codes


def as_photo(text: str, scale: int = 6) -> bytes:
    """The code as a camera sees it: a little grey, on a larger sheet."""
    modules, dark = codes.bars(text)
    side = modules + 2 * codes.QUIET_ZONE
    picture = Image.new("L", (side, side), 235)
    for x, y, length in dark:
        left, top = x + codes.QUIET_ZONE, y + codes.QUIET_ZONE
        picture.paste(30, (left, top, left + length, top + 1))
    out = BytesIO()
    picture.resize((side * scale, side * scale), Image.Resampling.BILINEAR).rotate(7, fillcolor=235).save(
        out, "JPEG"
    )
    return out.getvalue()


def test_a_code_is_read_from_a_crooked_photo() -> None:
    assert codes.read(as_photo("https://canteen.example/留样/17")) == ["https://canteen.example/留样/17"]


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet="ABCDEFGHJKMNPQRSTVWXYZ0123456789-", min_size=1, max_size=60))
def test_what_is_made_is_read_the_same(text: str) -> None:
    assert codes.read(as_photo(text)) == [text]


def test_a_photo_without_a_code_says_nothing() -> None:
    out = BytesIO()
    Image.new("L", (200, 200), 128).save(out, "JPEG")
    assert codes.read(out.getvalue()) == []


def test_the_code_in_a_page_has_a_name_and_no_inline_style() -> None:
    picture = codes.svg("https://canteen.example/1", "Sample <17> & label")
    root = ElementTree.fromstring(picture)
    assert root.get("role") == "img"
    assert root[0].text == "Sample <17> & label"
    assert "style" not in picture
