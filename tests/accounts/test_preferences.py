"""How a person likes to watch is kept with the profile and comes back on every device."""

from typing import Any

import pytest

from accounts.models import Profile
from accounts.preferences import CaptionStyle
from tests.conftest import Ask
from tests.people import Person

FIELDS = """
    audioLanguage audioDescription subtitleLanguage subtitlesDescribeSound autoplayNext autoplayPreviews
    captionStyle {
        font sizePercent color opacityPercent edge
        backgroundColor backgroundOpacityPercent windowColor windowOpacityPercent
    }
"""
UPDATE = f"""mutation($input: UpdateProfileInput!) {{
    updateProfile(input: $input) {{ profile {{ {FIELDS} }} errors {{ field code message }} }}
}}"""
CREATE = UPDATE.replace("Update", "Create").replace("update", "create")
READ = f"{{ viewer {{ activeProfile {{ {FIELDS} }} }} }}"

USUAL_LOOKS = {
    "font": "SANS",
    "sizePercent": 100,
    "color": "#ffffff",
    "opacityPercent": 100,
    "edge": "SHADOW",
    "backgroundColor": "#000000",
    "backgroundOpacityPercent": 0,
    "windowColor": "#000000",
    "windowOpacityPercent": 0,
}
USUAL = {
    "audioLanguage": None,
    "audioDescription": False,
    "subtitleLanguage": None,
    "subtitlesDescribeSound": False,
    "autoplayNext": True,
    "autoplayPreviews": True,
    "captionStyle": USUAL_LOOKS,
}


def update(gql: Ask, person: Person, **values: Any) -> dict[str, Any]:
    variables = {"input": {"profileId": person.global_profile_id, **values}}
    payload: dict[str, Any] = gql(UPDATE, variables, as_=person)["data"]["updateProfile"]
    return payload


def read(gql: Ask, person: Person) -> dict[str, Any]:
    found: dict[str, Any] = gql(READ, as_=person)["data"]["viewer"]["activeProfile"]
    return found


def test_a_new_profile_has_the_usual_preferences(gql: Ask, owner: Person) -> None:
    made = gql(CREATE, {"input": {"name": "Nora"}}, as_=owner)["data"]["createProfile"]

    assert made == {"profile": USUAL, "errors": []}


def test_preferences_are_given_with_a_new_profile(gql: Ask, owner: Person) -> None:
    wishes = {"name": "Nora", "audioLanguage": "de", "autoplayNext": False, "captionStyle": {"font": "SERIF"}}

    made = gql(CREATE, {"input": wishes}, as_=owner)["data"]["createProfile"]["profile"]

    looks = {**USUAL_LOOKS, "font": "SERIF"}
    assert made == {**USUAL, "audioLanguage": "de", "autoplayNext": False, "captionStyle": looks}


def test_preferences_come_back_and_are_nobody_elses(gql: Ask, owner: Person, other_adult: Person) -> None:
    looks = {
        "font": "SMALL_CAPITALS",
        "sizePercent": 150,
        "color": "#FFCC00",
        "opacityPercent": 90,
        "edge": "OUTLINE",
        "backgroundColor": "#101010",
        "backgroundOpacityPercent": 75,
        "windowColor": "#202020",
        "windowOpacityPercent": 5,
    }
    wishes = {
        "audioLanguage": "pt-BR",
        "audioDescription": True,
        "subtitleLanguage": "de",
        "subtitlesDescribeSound": True,
        "autoplayNext": False,
        "autoplayPreviews": False,
        "captionStyle": looks,
    }

    told = update(gql, owner, **wishes)

    kept = {**wishes, "captionStyle": {**looks, "color": "#ffcc00"}}
    assert told == {"profile": kept, "errors": []}
    assert read(gql, owner) == kept
    assert read(gql, other_adult) == USUAL


def test_what_is_left_out_stays_and_null_is_the_usual_again(gql: Ask, owner: Person) -> None:
    update(gql, owner, audioLanguage="de", captionStyle={"sizePercent": 200, "font": "CASUAL"})

    looks = update(gql, owner, captionStyle={"font": None, "edge": "NONE"})["profile"]["captionStyle"]
    assert looks == {**USUAL_LOOKS, "sizePercent": 200, "edge": "NONE"}
    assert read(gql, owner)["audioLanguage"] == "de"

    update(gql, owner, audioLanguage=None, captionStyle=None)
    assert read(gql, owner) == USUAL
    assert Profile.objects.get(pk=owner.profile.pk).caption_style == {}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"audioLanguage": "German"}, "audioLanguage"),
        ({"subtitleLanguage": "de" + "-abcdefgh" * 5}, "subtitleLanguage"),
        ({"captionStyle": {"color": "red"}}, "captionStyle"),
        ({"captionStyle": {"backgroundColor": "#fff;}"}}, "captionStyle"),
        ({"captionStyle": {"sizePercent": 49}}, "captionStyle"),
        ({"captionStyle": {"sizePercent": 301}}, "captionStyle"),
        ({"captionStyle": {"windowOpacityPercent": 101}}, "captionStyle"),
        ({"captionStyle": {"opacityPercent": -1}}, "captionStyle"),
    ],
)
def test_what_no_player_could_show_is_refused(
    gql: Ask, owner: Person, values: dict[str, Any], field: str
) -> None:
    told = update(gql, owner, **values)

    assert [(error["field"], error["code"]) for error in told["errors"]] == [(field, "INVALID")]
    assert read(gql, owner) == USUAL


def test_a_childs_profile_changes_none(gql: Ask, kid: Person) -> None:
    told = update(gql, kid, autoplayNext=False)

    assert [error["code"] for error in told["errors"]] == ["FORBIDDEN"]
    assert read(gql, kid) == USUAL


def test_a_look_of_a_later_version_is_read_as_far_as_it_is_known() -> None:
    assert CaptionStyle.of({"size_percent": 150, "sparkle": True}) == CaptionStyle(size_percent=150)
