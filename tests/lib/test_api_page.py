"""What docs/api.md says in figures and codes, against the program."""

import re
from typing import Any

from django.conf import settings
from graphql import GraphQLEnumType

from transcoding.api import _STATUS
from vod.lib.graphql import connections, limits, persisted
from vod.lib.graphql.cost import LIST_TIMES, MAX_TIMES
from vod.lib.graphql.errors import ApiErrorCode
from vod.lib.graphql.map import map_of
from vod.schema import schema

PAGE = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    """What stands below a heading, up to the next one."""
    return PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def table(text: str) -> list[list[str]]:
    """The cells of the first table in a text, without its head and the marks of code."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows[2:]]


def test_the_limits_are_those_of_the_program() -> None:
    said = {name: (int(figure), what) for name, figure, what in table(section("Limits"))}
    fixed = {
        "fields": limits.MAX_FIELDS,
        "root fields": limits.MAX_ROOT_FIELDS,
        "repeats": limits.MAX_REPEATS,
        "directives": limits.MAX_DIRECTIVES,
        "definitions": limits.MAX_DEFINITIONS,
        "variables": limits.MAX_VARIABLES,
        "batch": 1,
    }

    for name, figure in fixed.items():
        assert said.pop(name)[0] == figure, name
    for name, (figure, what) in said.items():
        setting = f"GRAPHQL_MAX_{name.upper()}"
        assert setting in what
        assert figure == getattr(settings, setting), name
    assert set(said) == {"bytes", "tokens", "depth", "aliases", "cost"}
    assert f"below other lists {LIST_TIMES} times" in section("Limits")


def test_pages_and_kept_documents_are_as_large_as_the_page_says() -> None:
    assert f"`first` is 1\nto {connections.MAX_PAGE};" in section("Pages")
    assert connections.MAX_PAGE == MAX_TIMES
    kept = section("Documents by their hash")
    assert f"up to {persisted.MAX_KEPT_BYTES // 1024} KiB" in kept
    assert f"the newest {persisted.MAX_KEPT:,} for {persisted.KEPT_SECONDS // 86400} days" in kept


def test_every_code_of_an_error_of_a_query_is_on_the_page_and_in_use() -> None:
    assert [row[0] for row in table(section("Answers"))] == [code.value for code in ApiErrorCode]


def test_every_code_of_a_mutation_is_on_the_page_and_in_use() -> None:
    assert map_of(schema.graphql_schema) in PAGE
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for app in ("accounts", "catalog", "playback", "transcoding")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if path.name not in ("errors.py", "asset_errors.py")
    )
    unused = []
    for name, kind in schema.graphql_schema.type_map.items():
        if isinstance(kind, GraphQLEnumType) and name.endswith("ErrorCode"):
            unused += [f"{name}.{code}" for code in kind.values if not re.search(rf"Code\.{code}\b", sources)]
    assert not unused


def test_every_code_of_an_upload_is_on_the_page_with_its_status() -> None:
    said = {(int(status), code) for status, code, _means in table(section("Add a film"))}

    assert said == {(int(status), code.value) for code, status in _STATUS.items()}


def test_the_scopes_are_those_that_a_token_can_have() -> None:
    kind: Any = schema.graphql_schema.type_map["Scope"]

    assert [row[0] for row in table(section("Who is asking"))] == list(kind.values)


def test_the_rows_of_the_home_page_are_all_there() -> None:
    kind: Any = schema.graphql_schema.type_map["HomeRowKind"]
    said = [name for row in table(section("The home page")) for name in re.findall(r"[A-Z_]+", row[0])]

    assert sorted(said) == sorted(kind.values)


def test_every_mutation_takes_one_input_and_reports_in_a_list_of_errors_with_codes() -> None:
    mutations: Any = schema.graphql_schema.mutation_type

    for name, field in mutations.fields.items():
        assert list(field.args) in ([], ["input"]), name
        payload = field.type.fields
        kind = re.fullmatch(r"\[(\w+Error)!\]!", str(payload["errors"].type))
        assert kind, name
        error: Any = schema.graphql_schema.type_map[kind[1]]
        assert {key: str(one.type) for key, one in error.fields.items()} == {
            "field": "String",
            "code": f"{kind[1]}Code!",
            "message": "String!",
        }
        # Where a mutation is refused there is nothing else to answer, but for an empty list.
        assert all(str(one.type)[0] == "[" for one in payload.values() if str(one.type).endswith("!")), name


def test_the_ways_of_adding_a_film_are_mutations_of_the_schema() -> None:
    mutations: Any = schema.graphql_schema.mutation_type
    for heading in ("Add a film", "Add subtitles", "Watch"):
        for name, given in re.findall(r"(\w+)\(input: \{([^}]*)\}\)", section(heading)):
            known = mutations.fields[name].args["input"].type.of_type.fields
            assert set(re.findall(r"(\w+)(?=[,:]|$)", re.sub(r'"[^"]*"|<[^>]*>', "", given))) <= set(known), (
                name
            )
