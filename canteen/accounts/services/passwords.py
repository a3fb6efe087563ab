"""Argon2 for passwords and PINs, off the event loop."""

import asyncio
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes, one lane."""

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for another


def hash_now(secret: str) -> str:
    """The Argon2id hash of a secret. Takes tens of milliseconds: in the app await `hashed`."""
    return HASHER.hash(secret)


async def hashed(secret: str) -> str:
    """The Argon2id hash of a secret."""
    return await asyncio.to_thread(hash_now, secret)


async def matches(kept: str | None, secret: str) -> bool:
    """Whether a secret is the one that was hashed. Without a hash it takes as long and says no."""
    return await asyncio.to_thread(_matches, kept, secret)


def _matches(kept: str | None, secret: str) -> bool:
    try:
        return HASHER.verify(kept or _nobody(), secret) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return hash_now("nobody has this password")


def make_password() -> str:
    """Three groups of four easy letters and digits: 59 bits, to be read aloud and changed at once."""
    return "-".join("".join(secrets.choice(LETTERS) for _n in range(4)) for _m in range(3))
