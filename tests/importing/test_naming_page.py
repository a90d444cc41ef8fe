"""Each example of docs/importing.md becomes what the page says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.importing.planned import Plan, PlannedFilm, Role
from catalog.importing.planning import make_plan
from catalog.importing.scanning import scan

PAGE = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")
NAMES, _, BESIDE = PAGE.partition("## What lies beside a film")
FILM, EPISODE = "Film (1999)/Film (1999).mkv", "Show/Season 1/Show S01E01.mkv"


def examples(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^\| `([^`]+\.\w+)` \| (.+) \|$", text, re.MULTILINE)


def plan_of(root: Path, *paths: str) -> Plan:
    for name in paths:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    found = scan(root, wait=lambda _seconds: None)
    plan = make_plan(found.files, root_name="Library", read=lambda _file: b"<movie/>")
    plan.left_out += found.left_out
    return plan


def said(name: str, year: int | None, film: PlannedFilm) -> str:
    title = f"{name} ({year})" if year else name
    if film.role is Role.FEATURE:
        return title
    assert film.season is not None
    return f"{title}, S{film.season:02d}{''.join(f'E{number:02d}' for number in film.covers)}: {film.name}"


@pytest.mark.parametrize(("path", "becomes"), examples(NAMES))
def test_a_name_is_read_as_the_page_says(path: str, becomes: str, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, path)

    films = [said(title.name, title.year, film) for title in plan.titles for film in title.films]
    assert [*films, *(f"left out: {one.reason}" for one in plan.left_out)] == [becomes]


def uses(plan: Plan, path: str) -> Iterator[str]:
    for title in plan.titles:
        for shape, file in title.pictures.items():
            if file.path == path:
                yield shape.value.lower()
        for film in title.films:
            if film.file.path == path:
                yield f"{film.role.value.lower()}: {film.name}"
            if film.still and film.still.path == path:
                yield "still"
            for file, marks in film.subtitles:
                if file.path == path:
                    words = [marks.language or "und", marks.label]
                    words += ["forced"] * marks.is_forced + ["captions"] * marks.is_hearing_impaired
                    yield f"subtitles: {' '.join(filter(None, words))}"
    for one in plan.left_out:
        if one.path == path:
            yield f"left out: {one.reason}"


@pytest.mark.parametrize(("path", "becomes"), examples(BESIDE))
def test_what_lies_beside_a_film_is_used_as_the_page_says(path: str, becomes: str, tmp_path: Path) -> None:
    assert list(uses(plan_of(tmp_path, FILM, EPISODE, path), path)) == [becomes]


def test_the_page_has_examples_of_both_kinds() -> None:
    assert len(examples(NAMES)) > 25
    assert len(examples(BESIDE)) > 20
