"""How a caller names what was uploaded: by the address that the upload was given."""

from uuid import UUID


def upload_key(address: str) -> UUID | None:
    """The key of an upload at `address`, or in its last part; None where there is none."""
    try:
        return UUID(address.rstrip("/").rpartition("/")[2])
    except ValueError:
        return None
