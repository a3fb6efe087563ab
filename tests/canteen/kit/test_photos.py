"""Photos as phones send them: sideways, huge, with the cook's address inside."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import ExifTags, Image

from canteen.kit import photos
from canteen.kit.problems import Refused

SIDEWAYS = 6  # EXIF: turn a quarter to the right


def photo(
    size: tuple[int, int] = (400, 300), form: str = "JPEG", taken: str = "", offset: str = "", turn: int = 1
) -> bytes:
    """A picture whose upper left quarter is red."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    exif[ExifTags.Base.Make] = "Kitchen Phone"
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {ExifTags.Base.DateTimeOriginal: taken, ExifTags.Base.OffsetTimeOriginal: offset}
    )
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({ExifTags.GPS.GPSLatitudeRef: "N"})
    out = BytesIO()
    picture.save(out, form, exif=exif)
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        photos.prepared(data)
    return refused.value.findings[0].rule


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_of_each_usual_kind_is_kept_as_jpeg(form: str) -> None:
    kept = photos.prepared(photo(form=form))
    assert Image.open(BytesIO(kept.jpeg)).format == "JPEG"
    assert (kept.width, kept.height) == (400, 300)


def test_a_photo_held_sideways_is_turned_upright() -> None:
    kept = photos.prepared(photo(turn=SIDEWAYS))
    assert (kept.width, kept.height) == (300, 400)
    red, green, _ = Image.open(BytesIO(kept.jpeg)).getpixel((225, 100))
    assert red > 200 > 100 > green, "the red quarter is now at the upper right"


def test_nothing_but_the_picture_is_kept() -> None:
    kept = photos.prepared(photo(taken="2025:11:21 10:05:00"))
    for jpeg in (kept.jpeg, kept.thumbnail):
        assert b"Kitchen Phone" not in jpeg
        assert not Image.open(BytesIO(jpeg)).getexif()


@pytest.mark.parametrize(
    ("taken", "offset", "instant"),
    [
        ("2025:11:21 10:05:00", "", datetime(2025, 11, 21, 2, 5, tzinfo=UTC)),
        ("2025:11:21 10:05:00", "+00:00", datetime(2025, 11, 21, 10, 5, tzinfo=UTC)),
        ("0000:00:00 00:00:00", "", None),
        ("yesterday", "+08:00", None),
        ("2025:11:21 10:05:00", "nonsense", None),
        ("", "", None),
    ],
)
def test_the_cameras_word_for_when_is_read_before_it_is_stripped(
    taken: str, offset: str, instant: datetime | None
) -> None:
    assert photos.prepared(photo(taken=taken, offset=offset)).taken_at == instant


def test_a_large_photo_is_made_small_and_a_small_one_is_left_so() -> None:
    large = photos.prepared(photo((4000, 3000)))
    assert (large.width, large.height) == (1600, 1200)
    assert Image.open(BytesIO(large.thumbnail)).size == (320, 240)
    assert photos.prepared(photo((100, 50))).width == 100


def test_clear_parts_become_white_and_not_black() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    kept = photos.prepared(out.getvalue())
    assert Image.open(BytesIO(kept.jpeg)).getpixel((10, 10)) == (255, 255, 255)


def test_an_iphones_own_format_is_refused_with_what_to_do() -> None:
    assert refusal(b"\x00\x00\x00\x18ftypheic" + bytes(100)) == "photo_heic"


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%PDF-1.4", b"GIF89a" + bytes(50), b"\xff\xd8\xff" + bytes(50)]
)
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    assert refusal(data) == "photo_format"


def test_a_photo_that_broke_off_is_refused() -> None:
    assert refusal(photo((1200, 900))[:2500]) == "photo_broken"


def test_a_tiny_file_that_unpacks_to_a_giant_picture_is_refused_unopened() -> None:
    out = BytesIO()
    Image.new("1", (12_000, 7_000)).save(out, "PNG")
    assert refusal(out.getvalue()) == "photo_pixels"


def test_a_file_that_is_too_long_is_refused() -> None:
    assert refusal(photo() + bytes(photos.MOST_BYTES)) == "photo_bytes"
