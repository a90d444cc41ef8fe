from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from vod.settings.env import Env


def test_what_is_missing_or_empty_is_the_default() -> None:
    env = Env({"EMPTY": ""})

    assert env.text("EMPTY", "x", "") == "x"
    assert env.flag("MISSING", True, "") is True
    assert env.whole("MISSING", 7, "") == 7
    assert env.words("MISSING", ["a"], "") == ["a"]
    assert env.secret("MISSING", "") is None


def test_values_are_read_by_their_kind(tmp_path: Path) -> None:
    env = Env(
        {
            "ON": "Yes",
            "OFF": "0",
            "N": "12",
            "LIST": "a, b,,c ",
            "DB": "postgres://u:p@h/d",
            "F": str(tmp_path),
        }
    )

    assert (env.flag("ON", False, ""), env.flag("OFF", True, "")) == (True, False)
    assert env.whole("N", 0, "") == 12
    assert env.words("LIST", [], "") == ["a", "b", "c"]
    assert env.address("DB", "", "", schemes=("postgres",)) == "postgres://u:p@h/d"
    assert env.folder("F", Path("/"), "") == tmp_path


def test_a_flag_that_is_none_is_named() -> None:
    with pytest.raises(ImproperlyConfigured, match="DEBUG is 'maybe', but must be 1 or 0"):
        Env({"DEBUG": "maybe"}).flag("DEBUG", False, "")


@pytest.mark.parametrize(
    ("value", "expected"), [("ten", "a whole number"), ("1.5", "a whole number"), ("0", "between 1 and 9")]
)
def test_a_number_that_is_none_is_named(value: str, expected: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"PLACES is '{value}', but must be {expected}"):
        Env({"PLACES": value}).whole("PLACES", 1, "", least=1, most=9)


def test_a_choice_that_is_none_is_named_with_the_words_to_choose_from() -> None:
    with pytest.raises(ImproperlyConfigured, match="KIND is 'c', but must be one of a, b"):
        Env({"KIND": "c"}).choice("KIND", "a", "", of=("a", "b"))


def test_an_address_of_another_kind_is_named_without_its_password() -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        Env({"DATABASE_URL": "mysql://root:hunter2@db/x"}).address(
            "DATABASE_URL", "", "", schemes=("postgres",)
        )

    assert str(refused.value) == "DATABASE_URL must start with one of: postgres:"


def test_a_secret_comes_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from the file\n", encoding="utf-8")
    named = {"KEY_FILE": str(tmp_path / "key")}

    assert Env(named).secret("KEY", "") == "from the file"
    assert Env({**named, "KEY": "given"}).secret("KEY", "") == "given"


def test_an_address_with_a_password_comes_from_its_file_too(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgres://lantern:secret@db/lantern\n", encoding="utf-8")
    read = Env({"URL_FILE": str(tmp_path / "url")})

    assert read.address("URL", "", "", schemes=("postgres",)) == "postgres://lantern:secret@db/lantern"


def test_a_secrets_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="KEY_FILE cannot be read"):
        Env({"KEY_FILE": str(tmp_path / "missing")}).secret("KEY", "")


def test_every_name_that_is_read_is_remembered_with_what_it_means() -> None:
    env = Env({})
    env.text("SITE_NAME", "x", "Name of the site")
    env.secret("KEY", "The key")

    assert env.names == {"SITE_NAME": "Name of the site", "KEY": "The key", "KEY_FILE": "File that holds KEY"}
