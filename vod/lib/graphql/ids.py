"""Global ids: base64url of `Type:uuid` without padding, so that they fit a path."""

import base64
import binascii
from uuid import UUID


def encode_id(type_name: str, key: UUID) -> str:
    """The global id of a row."""
    return base64.urlsafe_b64encode(f"{type_name}:{key}".encode()).decode().rstrip("=")


def split_id(global_id: str) -> tuple[str, UUID] | None:
    """Type and key of a global id; None for anything that is none.

    A row has one id: what only decodes to the same (padding, capitals, another way to write the key) is none.
    """
    try:
        padded = global_id.encode("ascii") + b"=" * (-len(global_id) % 4)
        type_name, _, word = (
            base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii").partition(":")
        )
        key = UUID(word)
    except (ValueError, binascii.Error):
        return None
    return (type_name, key) if encode_id(type_name, key) == global_id else None


def decode_id(global_id: str | None, *type_names: str) -> UUID | None:
    """The key in an id of one of `type_names`; None where it is of another type or no id at all."""
    parts = split_id(global_id) if global_id else None
    return parts[1] if parts and parts[0] in type_names else None
