"""How a caller names what was uploaded: by the address that the upload was given."""

from uuid import UUID


def upload_key(address: str) -> UUID | None:
    """The key of an upload at `address`, or in its last part; None where there is none."""
    try:
        return UUID(address.rstrip("/").rpartition("/")[2])
    except ValueError:
        return None


def given_upload(address: str | None) -> UUID | None:
    """The key of the upload at `address`; None where there is no address. One that is none names no upload."""
    return (upload_key(address) or UUID(int=0)) if address is not None else None
