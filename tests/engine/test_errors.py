"""Which failures speak of the film, and which of everything around it."""

import pytest

from transcoding.errors import FailureCode, KilledFromOutside, MediaError


@pytest.mark.parametrize("code", ["CORRUPT", "TRUNCATED", "ENCODER_FAILED", "TIMEOUT", "RESOURCE_LIMIT"])
def test_a_caller_may_go_on_without_what_the_film_spoiled(code: str) -> None:
    assert MediaError(FailureCode(code), "It is broken.").is_of_the_film


@pytest.mark.parametrize(
    "error",
    [
        MediaError(FailureCode.STORAGE_FAILED, "The disk is full."),
        MediaError(FailureCode.SANDBOX_UNAVAILABLE, "Films wait."),
        MediaError(FailureCode.CANCELLED, "This was cancelled."),
        KilledFromOutside("SIGKILL"),
    ],
)
def test_nothing_is_left_out_of_a_film_for_what_it_did_not_do(error: MediaError) -> None:
    assert not error.is_of_the_film
