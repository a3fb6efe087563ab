"""Arrows point down, and the checkers are content."""

import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent

CHECKS = {
    "arrows between rooms and furniture": ["lint-imports", "--no-cache"],
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
}


@pytest.mark.parametrize("check", CHECKS)
def test_the_checker_is_content_with(check: str) -> None:
    command, *arguments = CHECKS[check]
    done = subprocess.run([BIN / command, *arguments], cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
