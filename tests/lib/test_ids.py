import base64
from uuid import UUID

import pytest

from vod.lib.graphql.ids import decode_id, encode_id, split_id
from vod.lib.rows import new_id

KEY = UUID("018f0000-0000-7000-8000-000000000000")


def test_an_id_fits_a_path_and_comes_back() -> None:
    mark = encode_id("Movie", KEY)

    assert mark.replace("-", "").replace("_", "").isalnum()
    assert split_id(mark) == ("Movie", KEY)
    assert decode_id(mark, "Series", "Movie") == KEY


OTHERWISE = [
    base64.urlsafe_b64encode(f"Movie:{way}".encode()).decode().rstrip("=")
    for way in (str(KEY).upper(), KEY.hex, KEY.urn, f"{{{KEY}}}")
]


@pytest.mark.parametrize(
    "mark",
    [
        "",
        None,
        "%%%",
        "é",
        "TW92aWU",
        encode_id("Profile", KEY),
        "A" * 9999,
        encode_id("Movie", KEY) + "==",
        *OTHERWISE,
    ],
)
def test_an_id_of_another_type_or_none_at_all_is_nothing(mark: str | None) -> None:
    assert decode_id(mark, "Movie") is None


def test_keys_grow_with_time_and_are_of_version_seven() -> None:
    keys = [new_id() for _ in range(100)]

    assert keys == sorted(keys)
    assert {key.version for key in keys} == {7}
