"""A passkey in software: what a browser and an authenticator make of WebAuthn's options, with a key on P-256.

https://www.w3.org/TR/webauthn-3/, sections 6.1 (authenticator data), 6.5.4 (attestation objects) and 7.
"""

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Passkey:
    """One key at one origin. `verifies` says whether it has asked its owner for a finger or a PIN."""

    def __init__(self, origin: str = "http://localhost", *, verifies: bool = True) -> None:
        self.origin = origin
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.handle = ""
        self.count = 0

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """The credential for `creation_options`."""
        public = options["publicKey"]
        self.handle = public["user"]["id"]
        wants = public["authenticatorSelection"].get("residentKey")
        public_key = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        key = cbor.encode(dict(public_key))
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + key
        data = self._data(public["rp"]["id"], ATTESTED) + attested
        answer = {
            "clientDataJSON": self._client("webauthn.create", public["challenge"]),
            "attestationObject": websafe_encode(
                cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
            ),
        }
        return self._credential(answer, {"credProps": {"rk": wants == "required"}})

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """The credential for `request_options`."""
        public = options["publicKey"]
        self.count += 1
        data = self._data(public["rpId"])
        client = self._client("webauthn.get", public["challenge"])
        signed = data + hashlib.sha256(websafe_decode(client)).digest()
        answer = {
            "clientDataJSON": client,
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": self.handle,
        }
        return self._credential(answer, {})

    def _data(self, place: str, more: int = 0) -> bytes:
        digest = hashlib.sha256(place.encode()).digest()
        return digest + bytes([self.flags | more]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> str:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return str(websafe_encode(json.dumps(said).encode()))

    def _credential(self, answer: dict[str, Any], results: dict[str, Any]) -> dict[str, Any]:
        name = websafe_encode(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": answer,
            "clientExtensionResults": results,
            "authenticatorAttachment": "platform",
        }
