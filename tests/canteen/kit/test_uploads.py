"""Files kept by what is in them."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from canteen.kit import uploads
from canteen.kit.problems import Missing, Refused
from tests.canteen.kit.test_photos import photo
from tests.cast import NOW

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_a_photo_is_found_again_by_its_digest(tmp_path: Path) -> None:
    stored = uploads.store(photo(taken="2025:11:21 10:05:00"), tmp_path)
    kept = uploads.read(tmp_path, stored.digest)
    assert hashlib.sha256(kept).hexdigest() == stored.digest
    assert (stored.media_type, stored.size, stored.width, stored.height) == (
        "image/jpeg",
        len(kept),
        400,
        300,
    )
    assert stored.taken_at == datetime(2025, 11, 21, 2, 5, tzinfo=UTC)
    assert len(uploads.read_thumbnail(tmp_path, stored.digest)) < len(kept)


def test_a_pdf_is_kept_as_it_was_sent(tmp_path: Path) -> None:
    stored = uploads.store(PDF, tmp_path)
    assert uploads.read(tmp_path, stored.digest) == PDF
    assert stored.media_type == "application/pdf"
    with pytest.raises(Missing):
        uploads.read_thumbnail(tmp_path, stored.digest)


def test_the_same_file_sent_twice_is_kept_once(tmp_path: Path) -> None:
    assert uploads.store(PDF, tmp_path) == uploads.store(PDF, tmp_path)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(files) == 1
    assert files[0].parent.parent == tmp_path / "uploads"


def test_only_the_house_itself_can_read_the_folder(tmp_path: Path) -> None:
    stored = uploads.store(PDF, tmp_path)
    assert uploads.path(tmp_path, stored.digest).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 65])
def test_a_digest_that_is_none_finds_nothing(tmp_path: Path, digest: str) -> None:
    with pytest.raises(Missing):
        uploads.read(tmp_path, digest)


def test_an_unknown_digest_finds_nothing(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        uploads.read(tmp_path, "a" * 64)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (PDF.replace(b"trailer<<", b"trailer<</Encrypt 5 0 R"), "pdf_locked"),
        (PDF.replace(b"obj<<", b"obj<</S/JavaScript"), "pdf_script"),
        (PDF.replace(b"obj<<", b"obj<</S/Launch"), "pdf_launch"),
        (PDF[:-6], "pdf_broken"),
        (PDF[:9] + bytes(uploads.MOST_PDF_BYTES) + PDF[9:], "pdf_bytes"),
    ],
)
def test_a_pdf_that_is_locked_active_or_too_long_is_refused_and_not_kept(
    tmp_path: Path, data: bytes, rule: str
) -> None:
    with pytest.raises(Refused) as refused:
        uploads.store(data, tmp_path)
    assert [finding.rule for finding in refused.value.findings] == [rule]
    assert not list(tmp_path.rglob("*"))


def test_a_file_that_nobody_took_waits_for_a_week(tmp_path: Path) -> None:
    kept = uploads.store_as_is(b"taken over", tmp_path)
    first = uploads.wait(b"shown on Monday", tmp_path, 1, now=NOW)
    again = uploads.wait(b"shown twice", tmp_path, 1, now=NOW)
    week_ago = (NOW - timedelta(days=7, seconds=1)).timestamp()
    for file in tmp_path.rglob("*"):
        os.utime(file, (week_ago, week_ago))
    uploads.wait(b"shown twice", tmp_path, 1, now=NOW - timedelta(seconds=2))
    uploads.wait(b"of another school", tmp_path, 2, now=NOW)
    assert uploads.read_waiting(tmp_path, 1, again) == b"shown twice"
    assert uploads.read(tmp_path, kept) == b"taken over", "what was taken over is never taken away"
    for school, digest in ((1, first), (2, again)):
        with pytest.raises(Missing):
            uploads.read_waiting(tmp_path, school, digest)
