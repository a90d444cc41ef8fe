"""Pictures that came from a person: decoded in the sandbox before anything of ours looks at them."""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from catalog.artwork import pictures
from catalog.errors import CatalogError, CatalogErrorCode
from transcoding.errors import FailureCode, MediaError
from transcoding.services.pictures import flatten_picture

log = logging.getLogger(__name__)

_TOO_LARGE = frozenset({FailureCode.SIZE_LIMIT, FailureCode.RESOLUTION_LIMIT})
_TOO_DEAR = frozenset({FailureCode.RESOURCE_LIMIT, FailureCode.TIMEOUT})
_NO_PICTURE = frozenset({FailureCode.CORRUPT, FailureCode.ENCODER_FAILED, FailureCode.UNSUPPORTED_CODEC})
_NO_SANDBOX = (
    "This picture was not opened, because the sandbox it has to be read in does not work on this server."
    " Once that is put right, try again."
)


@contextmanager
def flattened(source: Path) -> Iterator[Path]:
    """A file of plain pixels with the picture in `source`, upright; gone when the block ends.

    Raises CatalogError NOT_A_PICTURE, TOO_LARGE, or INVALID where it could not be opened for no fault of its own.
    """
    settings.WORK_ROOT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.WORK_ROOT, prefix="pictures-") as folder:
        try:
            flat = flatten_picture(
                source=source,
                target=Path(folder) / "flat.ppm",
                ground=pictures.INK,
                most_bytes=pictures.MAX_BYTES,
                most_pixels=pictures.MAX_PIXELS,
            )
        except MediaError as error:
            log.warning("a picture was refused: %s: %s", error.code, error.tail[-500:])
            raise _refusal(error) from error
        yield flat


def _refusal(error: MediaError) -> CatalogError:
    if error.code in _TOO_LARGE:
        return pictures.too_large()
    if error.code in _TOO_DEAR:
        return CatalogError(CatalogErrorCode.TOO_LARGE, error.sentence)
    if error.code == FailureCode.UNSUPPORTED_CONTAINER:
        return pictures.no_picture()
    if error.code in _NO_PICTURE:
        return CatalogError(CatalogErrorCode.NOT_A_PICTURE, error.sentence)
    sentence = _NO_SANDBOX if error.code == FailureCode.SANDBOX_UNAVAILABLE else error.sentence
    return CatalogError(CatalogErrorCode.INVALID, sentence, field="uploadId")
