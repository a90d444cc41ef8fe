"""AES-128 of whole segments (RFC 8216, section 4.3.2.4): keys, and what playlists say of them.

A key is made of the installation's secret for one rendition of one version, so none is kept; it has the id of the secret
that it was made of. The IV is the segment's number, which is its media sequence number too (section 5.2).
"""

import hmac
import re
from collections.abc import Iterator
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from vod.lib.signing import signing_keys

#: The folder of all that is encrypted, beside those of the renditions. What lies there has addresses of its own, so that
#: no address ever stands for two sorts of bytes.
FOLDER = "aes-128"
KEY_BYTES = 16
_LABEL = b"lantern media key 1"
# What is encrypted: segments of picture and sound. Subtitles, storyboards and inits are not.
CLEAR_SEGMENT = re.compile(r"(?P<name>(?:video|audio)-[a-z0-9-]+|original)/(?P<number>[0-9]{5})\.m4s")
PLAYLIST = re.compile(r"(?P<name>(?:video|audio)-[a-z0-9-]+|original)/(?:index|original)\.m3u8")
# Byte ranges of clear segments, which an encrypted one cannot be read by.
KEY_FRAMES = re.compile(r"[a-z0-9-]+/iframes\.m3u8")
ADDRESS = re.compile(
    FOLDER
    + r"/(?P<kid>[0-9a-f]{8})/(?P<name>(?:video|audio)-[a-z0-9-]+|original)(?:\.key|/(?P<number>[0-9]{5})\.m4s)"
)


def media_keys(version: UUID, rendition: str) -> Iterator[tuple[str, bytes]]:
    """Key ids and keys of a rendition: the current one first, then those of secrets that are being retired."""
    for kid, secret in signing_keys(_LABEL):
        yield kid, hmac.digest(secret, version.bytes + rendition.encode(), "sha256")[:KEY_BYTES]


def encrypt(segment: bytes, key: bytes, number: int) -> bytes:
    """The whole segment in CBC with PKCS #7 padding: up to 16 bytes longer."""
    padder = PKCS7(algorithms.AES.block_size).padder()
    encryptor = Cipher(algorithms.AES(key), modes.CBC(number.to_bytes(16, "big"))).encryptor()
    return encryptor.update(padder.update(segment) + padder.finalize()) + encryptor.finalize()


def encrypted_playlist(text: str, version: UUID, rendition: str) -> str:
    """A media playlist whose segments are the encrypted ones.

    The key comes after EXT-X-MAP, so that the init section is no part of what it applies to (section 4.3.2.5).
    """
    kid = next(media_keys(version, rendition))[0]
    lines = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            line = f"../{FOLDER}/{kid}/{rendition}/{line}"
        lines.append(line)
        if line.startswith("#EXT-X-MAP:"):
            lines.append(f'#EXT-X-KEY:METHOD=AES-128,URI="../{FOLDER}/{kid}/{rendition}.key"')
    return "\n".join(lines) + "\n"


def encrypted_master(text: str) -> str:
    """A master without the playlists of key frames."""
    kept = (line for line in text.splitlines() if not line.startswith("#EXT-X-I-FRAME-STREAM-INF:"))
    return "\n".join(kept) + "\n"
