"""For which address passkeys are made, and how many somebody may have."""

import re
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

HOLDS_FOR = timedelta(minutes=5)
"""From the press of the button to the answer. Our choice: browsers wait a minute, a phone that is looked for longer."""
MOST = 10
"""Passkeys of one person. Our choice: a few devices and a password manager."""
LONGEST_ANSWER = 20_000
"""Characters that a browser may answer; a passkey without attestation takes some thousand."""
CREDENTIAL_ID = re.compile(r"[A-Za-z0-9_-]{1,1364}")
"""In base64url. 1,023 bytes are the most that the standard lets a device say."""
LOCAL = "localhost"


@dataclass(frozen=True)
class RelyingParty:
    """The service, as browsers and passkeys know it."""

    id: str
    """Its host name. A passkey is shown to no other."""
    origin: str
    """Scheme, host name and port, as the browser says them."""


def relying_party(public_address: str) -> RelyingParty | None:
    """None where the service has no address that browsers take passkeys for: HTTPS with a host name, or localhost.

    >>> relying_party("https://Tracker.example.gov.uk:443/sub")
    RelyingParty(id='tracker.example.gov.uk', origin='https://tracker.example.gov.uk')
    >>> relying_party("http://localhost:8000")
    RelyingParty(id='localhost', origin='http://localhost:8000')
    >>> [relying_party(one) for one in ("http://127.0.0.1:8000", "http://tracker.example.gov.uk", "")]
    [None, None, None]
    """
    try:
        parts = urlsplit(public_address)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        return None
    fits = parts.scheme == "https" or (parts.scheme == "http" and host == LOCAL)
    if not host or not fits or _is_number(host):
        return None
    usual = {"https": 443, "http": 80}[parts.scheme]
    return RelyingParty(host, f"{parts.scheme}://{host}" + (f":{port}" if port not in {None, usual} else ""))


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
