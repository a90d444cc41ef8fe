"""What a caller of the catalogue can do wrong. Codes are part of the public contract; never rename one."""

from enum import StrEnum

from vod.lib.errors import DomainError


class CatalogErrorCode(StrEnum):
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    REQUIRED = "REQUIRED"
    INVALID = "INVALID"
    DUPLICATE = "DUPLICATE"
    ASSET_FAILED = "ASSET_FAILED"
    NO_FILM = "NO_FILM"
    NOT_A_PICTURE = "NOT_A_PICTURE"
    NOT_SUBTITLES = "NOT_SUBTITLES"
    TOO_LARGE = "TOO_LARGE"


class CatalogError(DomainError):
    """Raised by the catalogue's services; `field` is the input's field as clients write it."""

    code: CatalogErrorCode
