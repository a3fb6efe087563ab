"""Argon2 for passwords and PINs, off the event loop."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes, one lane."""


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
