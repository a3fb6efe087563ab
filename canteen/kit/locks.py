"""Secrets that must be read again lie locked in the database, and so in its backups."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, NONCE_BYTES = 32, 12
PURPOSE = b"canteen: secrets in the database, 1"


class Lock:
    """AES-256-GCM under a key that HKDF derives from CANTEEN_SECRET: whoever loses that loses what is locked.

    `owner` names whose secret it is; what was locked for one owner opens for nobody else.
    """

    def __init__(self, secret: str) -> None:
        derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE)
        self._cipher = AESGCM(derive.derive(secret.encode()))

    def shut(self, text: str, owner: str) -> str:
        """The text as it may be kept: another one each time."""
        nonce = token_bytes(NONCE_BYTES)
        locked = self._cipher.encrypt(nonce, text.encode(), owner.encode())
        return urlsafe_b64encode(nonce + locked).decode()

    def open(self, kept: str, owner: str) -> str | None:
        """The text again; None under another secret, for another owner, or when somebody has touched it."""
        try:
            raw = urlsafe_b64decode(kept)
            return self._cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], owner.encode()).decode()
        except (InvalidTag, Error, ValueError):
            return None
