"""What the secret key makes: signed tokens, secrets that are kept encrypted, fingerprints of what must not be kept.

The key can be changed without ending anything: what an older key of TRACKER_SECRET_KEY_FALLBACKS signed or encrypted
is still read, and all that is new is made with the newest.
"""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from itsdangerous import URLSafeSerializer, URLSafeTimedSerializer


def keys() -> list[str]:
    """Every key that is read with, the newest first."""
    older: list[str] = current_app.config.get("SECRET_KEY_FALLBACKS") or []
    return [str(current_app.config["SECRET_KEY"]), *older]


def signer(purpose: str) -> URLSafeSerializer:
    """Signs for one purpose: a signature for another does not hold. It asks for the oldest key first."""
    return URLSafeSerializer(keys()[::-1], salt=purpose)


def timed_signer(purpose: str) -> URLSafeTimedSerializer:
    """As ``signer``, and a signature knows its age."""
    return URLSafeTimedSerializer(keys()[::-1], salt=purpose)


def seal(text: str, purpose: str) -> str:
    """Encrypted with the newest key."""
    return _box(purpose).encrypt(text.encode()).decode()


def opened(sealed: str, purpose: str) -> str | None:
    """What was sealed; None when no key opens it, or it was tampered with."""
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def sealed_anew(sealed: str, purpose: str) -> str:
    """The same, encrypted with the newest key. Raises ``cryptography.fernet.InvalidToken`` when no key opens it."""
    return _box(purpose).rotate(sealed.encode()).decode()


def fingerprint(text: str, purpose: str) -> str:
    """The same text has the same one until the key changes; nobody without the key can try texts against it."""
    return hmac.new(_derived(keys()[0], purpose), text.encode(), hashlib.sha256).hexdigest()


def new_token() -> str:
    """A secret that cannot be guessed: 256 bits of chance."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a token: whoever reads the database cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def _box(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, purpose))) for key in keys()])


def _derived(key: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"tracker: {purpose}".encode()).derive(key.encode())
