"""The service refuses to start where it would be unsafe or unready, and says why in one line."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from canteen.cli import main
from canteen.demo import prepare


def serve(
    monkeypatch: pytest.MonkeyPatch, url: str, secret: str = "long and random, thirty-two or more"
) -> Result:
    monkeypatch.setenv("CANTEEN_DATABASE_URL", url)
    monkeypatch.setenv("CANTEEN_SECRET", secret)
    return CliRunner().invoke(main, ["serve"], catch_exceptions=False)


@pytest.mark.parametrize("secret", ["", "canteen", "x" * 31])
def test_without_a_long_secret_it_does_not_start_and_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    told = serve(monkeypatch, f"sqlite:///{tmp_path / 'x.sqlite'}", secret=secret)
    assert (told.exit_code, told.stderr.count("\n")) == (2, 1)
    assert "CANTEEN_SECRET" in told.stderr
    assert "secrets.token_urlsafe(48)" in told.stderr


def test_with_migrations_outstanding_it_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = serve(monkeypatch, f"sqlite:///{tmp_path / 'x.sqlite'}")
    assert (told.exit_code, told.stderr.count("\n")) == (2, 1)
    assert "canteen db migrate" in told.stderr


def test_with_the_demos_people_it_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = asyncio.run(prepare(tmp_path, now=datetime(2026, 11, 21, 2, tzinfo=UTC)))
    told = serve(monkeypatch, made["database_url"])
    assert (told.exit_code, told.stderr.count("\n")) == (2, 1)
    assert "林晓" in told.stderr


def test_what_is_no_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert serve(monkeypatch, "mysql://nowhere").exit_code == 2
