"""Tokens are counted as the specification's lexer does, quickly whatever comes; what is parsed is kept within bounds."""

import time

import pytest
from graphql import GraphQLError, Lexer, Source, TokenKind
from pytest_django import Settings

from tests.documents import APP, operations
from vod.lib.graphql import documents
from vod.lib.graphql.documents import count_tokens, kept, read

ODD = [
    '{ a(b: """x\\"""y"z""", c: "\\"#", d: -1.5e+3) @e(f: [$g, ""]) ...F } # {{{\n',
    "{a,b}\ufeff",
    '{ a(b: "") c }',
]


def tokens_of(text: str) -> int:
    lexer = Lexer(Source(text))
    count = 0
    while lexer.advance().kind is not TokenKind.EOF:
        count += 1
    return count


@pytest.mark.parametrize("text", [*operations().values(), *operations(APP).values(), *ODD])
def test_tokens_are_counted_as_the_lexer_does(text: str) -> None:
    assert count_tokens(text, 2000) == (tokens_of(text), False)


@pytest.mark.parametrize(
    "text",
    [
        '"' + '\\"' * 30_000,
        '"""' * 20_000,
        '"a\n' * 20_000,
        '"""' + '""\\' * 20_000,
        "-" * 60_000,
        "#" * 60_000,
    ],
)
def test_nothing_takes_long_to_count(text: str) -> None:
    start = time.process_time()
    count_tokens(text, 20_000)

    assert time.process_time() - start < 0.1


def test_counting_ends_at_the_limit() -> None:
    assert count_tokens("{ a }", 3) == (3, False)
    assert count_tokens("{ a b }", 3) == (3, True)


def test_what_was_parsed_is_kept_within_bounds(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    kept.forget()
    monkeypatch.setattr(documents, "KEPT_BYTES", 5000)
    texts = [f"{{ f{n}a f{n}b f{n}c f{n}d }}" for n in range(8)]
    first = [read(text) for text in texts]

    again = [read(text) for text in reversed(texts)]

    assert again[0] is first[-1]
    assert again[-1] is not first[0]
    assert sum(parsed.weight for parsed in kept._kept.values()) <= 5000
    settings.GRAPHQL_MAX_TOKENS = 3
    with pytest.raises(GraphQLError) as refused:
        read(texts[-1])
    assert refused.value.extensions == {"code": "TOO_COMPLEX", "limit": "tokens", "asked": 4, "allowed": 3}
    kept.forget()
