"""Photos from phones: checked, turned upright, stripped of everything but the picture, made small.

The moment of capture is read as a value before it is stripped: when a photo was taken, when it was entered
and when the deed happened are three times that the product keeps apart.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timezone
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from canteen.kit.clock import SHANGHAI
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 64_000_000  # a phone's largest picture; decoding it takes 200 MB
LONGEST_SIDE, THUMBNAIL_SIDE, QUALITY = 1600, 320, 82
FORMATS = ("JPEG", "PNG", "WEBP")
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo fit to keep: JPEG bytes without metadata, its thumbnail, pixels across and down."""

    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int
    taken_at: datetime | None


def prepared(data: bytes, zone: ZoneInfo = SHANGHAI) -> Photo:
    """The photo as we keep it. `zone` is where a camera's clock without an offset is read.

    Blocking (a few tenths of a second for 12 megapixels): call it in a thread. Raises Refused.
    """
    picture = _checked(data)
    taken_at = _taken_at(picture.getexif(), zone)
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = _flat(_upright(picture))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    small = upright.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Photo(_jpeg(upright), _jpeg(small), *upright.size, taken_at)


def opened(data: bytes) -> Image.Image:
    """The whole picture, upright, in all its pixels. Raises Refused."""
    return _upright(_checked(data))


def is_heic(data: bytes) -> bool:
    """An iPhone's own format, whose decoders are not free everywhere."""
    return data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS


def _checked(data: bytes) -> Image.Image:
    if is_heic(data):
        raise _refused(
            "photo_heic", _("HEIC photos cannot be read. Set the phone to “Most compatible” (JPEG).")
        )
    if len(data) > MOST_BYTES:
        limit = MOST_BYTES // 1024**2
        raise _refused("photo_bytes", _("The photo is larger than {megabytes} MB."), megabytes=limit)
    try:
        picture = Image.open(BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_many_pixels() from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as unknown:
        raise _refused("photo_format", _("This is not a JPEG, PNG or WebP photo.")) from unknown
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_many_pixels()
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except (OSError, ValueError, SyntaxError) as broken:
        raise _refused("photo_broken", _("The photo is damaged or was not sent completely.")) from broken


def _flat(picture: Image.Image) -> Image.Image:
    """Three colours on white, so that JPEG can hold it."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    ground = Image.new("RGB", clear.size, "white")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.info.clear()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _taken_at(exif: Image.Exif, zone: ZoneInfo) -> datetime | None:
    """The camera's own word for when, as an instant; None when it says nothing or nonsense."""
    details = exif.get_ifd(ExifTags.IFD.Exif)
    said = str(details.get(ExifTags.Base.DateTimeOriginal, "")).strip("\0 ")
    offset = str(details.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 ")
    try:
        local = datetime.strptime(said, "%Y:%m:%d %H:%M:%S").replace(tzinfo=_offset(offset) or zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _offset(said: str) -> timezone | None:
    """`+08:00`; None when the camera gave none."""
    if not said:
        return None
    ahead = datetime.strptime(said, "%z").utcoffset()
    return timezone(ahead) if ahead is not None else None


def _too_many_pixels() -> Refused:
    limit = MOST_PIXELS // 1_000_000
    return _refused("photo_pixels", _("The photo has more than {megapixels} megapixels."), megapixels=limit)


def _refused(rule: str, message: str, **facts: int) -> Refused:
    return Refused([error(rule, message, "", **facts)])
