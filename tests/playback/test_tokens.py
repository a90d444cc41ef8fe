import base64
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from playback.tokens import make_token, read_token

SESSION = UUID("01900000-0000-7000-8000-000000000001")
VERSION = UUID("01900000-0000-7000-8000-000000000002")
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=~"


def test_a_token_names_its_session_to_its_version() -> None:
    assert read_token(make_token(session=SESSION, version=VERSION), version=VERSION) == SESSION


def test_a_token_says_nothing_to_another_version() -> None:
    assert read_token(make_token(session=SESSION, version=VERSION), version=uuid4()) is None


def test_no_character_of_a_token_can_be_changed() -> None:
    token = make_token(session=SESSION, version=VERSION)

    for place, right in enumerate(token):
        for wrong in ALPHABET.replace(right, ""):
            forged = token[:place] + wrong + token[place + 1 :]
            assert read_token(forged, version=VERSION) is None, forged


def test_a_token_can_be_neither_shortened_nor_lengthened() -> None:
    token = make_token(session=SESSION, version=VERSION)

    for length in range(len(token)):
        assert read_token(token[:length], version=VERSION) is None
    for more in ("A", "=", ".", ".x", "\n", "\u0000"):
        assert read_token(token + more, version=VERSION) is None


def test_the_signature_of_one_session_does_not_fit_another() -> None:
    key_id, _, signature = make_token(session=SESSION, version=VERSION).split(".")
    other = base64.urlsafe_b64encode(uuid4().bytes).decode().rstrip("=")

    assert read_token(f"{key_id}.{other}.{signature}", version=VERSION) is None


@pytest.mark.parametrize("nonsense", ["", ".", "..", "a.b.c", "é.é.é", "x" * 10_000, "....."])
def test_nonsense_is_no_token(nonsense: str) -> None:
    assert read_token(nonsense, version=VERSION) is None


def test_a_new_secret_keeps_old_tokens_while_it_names_the_old_one(settings: Settings) -> None:
    token = make_token(session=SESSION, version=VERSION)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another secret that is long enough"

    assert read_token(token, version=VERSION) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert read_token(token, version=VERSION) == SESSION
    assert make_token(session=SESSION, version=VERSION) != token
