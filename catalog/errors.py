"""What a caller of the catalogue can do wrong. Codes are part of the public contract; never rename one."""

from vod.lib.errors import DomainError, ErrorCode


class CatalogErrorCode(ErrorCode):
    UNAUTHENTICATED = "UNAUTHENTICATED", "Nobody is signed in, or the token is dead."
    FORBIDDEN = "FORBIDDEN", "For operators, with a token that has OPERATE."
    NOT_FOUND = "NOT_FOUND", "There is nothing of that id that `field` can name."
    REQUIRED = "REQUIRED", "`field` may not be empty."
    INVALID = "INVALID", "The value of `field` is of no use; the message says what is."
    DUPLICATE = "DUPLICATE", "There is one of that name or number already, or the list names one twice."
    OUT_OF_RANGE = "OUT_OF_RANGE", "A number, time or length is beyond what is possible."
    OVERLAP = "OVERLAP", "Two of the list cover the same time."
    ASSET_FAILED = "ASSET_FAILED", "The film failed or was cancelled; try it again, or take another."
    NO_FILM = "NO_FILM", "The video has no film that can be used yet."
    NOT_A_PICTURE = "NOT_A_PICTURE", "The upload is no picture of a known kind."
    NOT_SUBTITLES = "NOT_SUBTITLES", "The upload is no SRT, WebVTT, ASS or TTML."
    TOO_LARGE = "TOO_LARGE", "The upload has more bytes or pixels than such a thing may have."


class CatalogError(DomainError):
    """Raised by the catalogue's services; `field` is the input's field as clients write it."""

    code: CatalogErrorCode
