"""A device with passkeys, made of a few lines: it answers what a browser is asked, or something a little different."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, encode_cbor

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
ORIGIN = "https://tracker.example.gov.uk"
HOST = "tracker.example.gov.uk"


@dataclass
class Device:
    """One passkey. What a test sets here goes into the next answer."""

    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    count: int = 0
    counts: bool = True
    owner: str | None = None
    """The user handle, as base64url; learnt as the passkey is made."""
    origin: str = ORIGIN
    host: str = HOST
    flags: int = PRESENT | VERIFIED

    @property
    def id(self) -> str:
        return bytes_to_base64url(self.credential_id)

    def make(self, options: dict[str, Any]) -> str:
        self.owner = options["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        length = len(self.credential_id).to_bytes(2, "big")
        data = self._data(ATTESTED) + bytes(16) + length + self.credential_id + encode_cbor(public)
        attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options)
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def show(self, options: dict[str, Any]) -> str:
        self.count += self.counts
        data, client = self._data(), self._client("webauthn.get", options)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        owner = base64url_to_bytes(self.owner) if self.owner else None
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=owner)

    def _data(self, more: int = 0) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([self.flags | more]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _answer(self, **said: bytes | None) -> str:
        response = {name: bytes_to_base64url(value) for name, value in said.items() if value is not None}
        return json.dumps({"id": self.id, "rawId": self.id, "type": "public-key", "response": response})
