"""``manage.py evaluate_recommendations``: figures of planted files, and files of any make."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from scipy import sparse

from playback.recommending.evaluating import judge, split
from playback.recommending.events import read_events


def planted_file(path: Path, *, people: int = 400, items: int = 60, seed: int = 3) -> Path:
    """People of one of six tastes of ten items each, among items of which a few are popular."""
    dice = np.random.default_rng(seed)
    lines = ["user,item,time"]
    for person in range(people):
        chance = np.full(items, 0.03)
        chance[:5] = 0.3
        first = 10 * int(dice.integers(items // 10))
        chance[first : first + 10] = 0.6
        lines += [
            f"u{person},i{item},{1_700_000_000 + person}"
            for item in np.flatnonzero(dice.random(items) < chance)
        ]
    path.write_text("\n".join(lines) + "\n")
    return path


def evaluate(path: Path, *options: str) -> tuple[dict[str, Any], str]:
    """The figures, and what was said meanwhile."""
    out, said = io.StringIO(), io.StringIO()
    call_command("evaluate_recommendations", str(path), *options, "--json", stdout=out, stderr=said)
    return json.loads(out.getvalue()), said.getvalue()


def test_ease_foresees_planted_tastes_better_than_what_is_popular(tmp_path: Path) -> None:
    path = planted_file(tmp_path / "views.csv")

    figures, said = evaluate(path)

    ways = figures["methods"]
    assert set(ways) == {"ease", "cosine", "popularity"}
    assert ways["ease"]["recall@20"] > 1.2 * ways["popularity"]["recall@20"]
    assert ways["ease"]["ndcg@100"] > 1.2 * ways["popularity"]["ndcg@100"]
    assert all(0 <= way[name] <= 1 for way in ways.values() for name in ("recall@20", "ndcg@100"))
    assert "read 100 %" in said


def test_the_same_seed_gives_the_same_figures_and_another_one_others(tmp_path: Path) -> None:
    path = planted_file(tmp_path / "views.csv")

    first, second, other = (evaluate(path, "--seed", seed)[0]["methods"] for seed in ("1", "1", "2"))

    assert first == second
    assert first != other


def test_of_several_lambdas_the_best_on_other_users_is_taken(tmp_path: Path) -> None:
    figures, _ = evaluate(planted_file(tmp_path / "views.csv"), "--lambda", "0.01", "40", "100000000")

    assert figures["lambda"] == 40.0
    assert set(figures["validation_ndcg"]) == {"0.01", "40", "1e+08"}


def test_the_figures_are_those_of_the_definitions() -> None:
    shown = sparse.csr_matrix(np.array([[1, 0, 0, 0, 0], [0, 0, 0, 0, 1]], dtype=np.float32))
    hidden = sparse.csr_matrix(np.array([[0, 1, 0, 1, 0], [0, 0, 0, 0, 0]], dtype=np.float32))

    found = judge(lambda rows: np.tile([9.0, 4.0, 3.0, 2.0, 1.0], (rows.shape[0], 1)), (shown, hidden))

    # The first item was shown, so the order is 1, 2, 3, 4, and hits are at places 1 and 3. The second person has nothing hidden.
    assert found.people == 1
    assert found.recall == 1.0
    assert found.ndcg == pytest.approx((1 + 1 / 2) / (1 + 1 / np.log2(3)), rel=1e-6)


def test_held_out_people_are_not_learnt_from_and_a_fifth_of_their_items_is_hidden() -> None:
    views = sparse.csr_matrix(np.ones((40, 10), dtype=np.float32))

    parts = split(views, seed=1, held_out=5)

    assert parts.training.shape == (30, 10)
    for shown, hidden in (parts.validation, parts.test):
        assert np.diff(shown.indptr).tolist() == [8] * 5
        assert np.diff(hidden.indptr).tolist() == [2] * 5
        assert shown.multiply(hidden).nnz == 0


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("a,x,1\nb,y,2\n", ("user", "item", "time")),
        ("a\tx\t5\t881250949\nb\ty\t1\t881250949\n", ("user", "item", "rating", "time")),
        ("a::x::5::881250949\r\nb::y::1::881250949\r\n", ("user", "item", "rating", "time")),
        ("timestamp,movieId,userId\n2026-01-31T10:00:00,x,a\n2026-01-31,y,b\n", ("time", "item", "user")),
        ("\ufeffUser ID;Title;Country\na;x;se\nb;y;no\n", ("user", "item", "column 3")),
        ("a x 1\nb y 2", ("user", "item", "time")),
        ('a,"x, the first",1\nb,y,2\n', ("user", "item", "time")),
        ("a,x\nb,y\n", ("user", "item")),
    ],
)
def test_files_of_any_make_are_read(tmp_path: Path, text: str, columns: tuple[str, ...]) -> None:
    path = tmp_path / "views"
    path.write_text(text, encoding="utf-8", newline="")

    events = read_events(path)

    assert (events.columns, events.user_count, events.item_count, events.bad_count) == (columns, 2, 2, 0)


def test_bad_lines_are_left_out_and_named_with_their_number(tmp_path: Path) -> None:
    path = planted_file(tmp_path / "views.csv", people=60)
    good = path.read_bytes().splitlines()
    bad = [
        b"only",
        b",x,1",
        b"a,,1",
        b"a,b,yesterday",
        b"a,b,nan",
        b"\xff\xfe,x,1",
        b"a\x00,x,1",
        b'a,"x,1',
        b"y" * 200_000,
    ]
    path.write_bytes(b"\n".join([*good[:10], *bad, b"", *good[10:]]))

    events = read_events(path)
    figures, said = evaluate(path)

    named = {line.number for line in events.bad}
    # A quote that is not closed takes the rest of its own line and no other one.
    assert named == set(range(11, 20))
    assert events.user_count == 60
    assert figures["bad_lines"] == len(bad)
    assert "line 14 is left out: has no time but “yesterday”" in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "It is empty"),
        (b"\x00\x01\x02" * 1000, "not text"),
        (b"hello\nworld\n", "one column"),
        (b"user,item,time\n", "who watched what"),
        (b"a,x,1\nb,y,2\n", "0 users have 5 items or more"),
    ],
)
def test_a_file_that_cannot_be_used_ends_in_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "views"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=sentence):
        evaluate(path)


def test_a_missing_file_and_wrong_options_end_in_a_sentence(tmp_path: Path) -> None:
    path = planted_file(tmp_path / "views.csv", people=30)
    for options in (
        ["--lambda", "-3"],
        ["--lambda", "nan"],
        ["--most-items", "0"],
        ["--columns", "a,b"],
        ["--held-out", "0"],
        ["--seed", "-1"],
    ):
        with pytest.raises(CommandError):
            evaluate(path, *options)
    with pytest.raises(CommandError, match="cannot be read"):
        evaluate(tmp_path / "none.csv")
    with pytest.raises(CommandError, match="cannot be read"):
        evaluate(tmp_path)


def test_ratings_below_a_bound_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("userId,movieId,rating,timestamp\n1,a,5,1\n1,b,2,1\n2,a,4,1\n2,c,,1\n")

    events = read_events(path, least_rating=4)

    assert (len(events.users), events.item_count, events.bad_count) == (2, 1, 1)
