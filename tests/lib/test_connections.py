import pytest

from accounts.models import Plan
from vod.lib.graphql.connections import check_first, encode_cursor, keyset_page, list_page
from vod.lib.graphql.errors import ApiError

ORDER = ["-max_height", "name", "id"]


@pytest.fixture
def plans(db: None) -> list[str]:
    """Names of eleven plans with many ties, in ORDER."""
    Plan.objects.all().delete()
    made = [
        Plan.objects.create(name=f"Plan {number:02}", max_height=(480, 720, 1080)[number % 3])
        for number in range(11)
    ]
    return [plan.name for plan in sorted(made, key=lambda plan: (-plan.max_height, plan.name))]


@pytest.mark.parametrize("size", [1, 2, 3, 10, 11, 100])
def test_pages_walk_all_rows_once_and_in_order(plans: list[str], size: int) -> None:
    walked: list[str] = []
    after: str | None = None
    while True:
        page = keyset_page(Plan.objects.all(), order=ORDER, first=size, after=after)
        walked += [edge.node.name for edge in page.edges]
        after = page.page_info.end_cursor
        if not page.has_next_page:
            break

    assert walked == plans


def test_rows_that_come_and_go_move_no_other_row_to_another_page(plans: list[str]) -> None:
    first = keyset_page(Plan.objects.all(), order=ORDER, first=4, after=None)
    Plan.objects.create(name="A newcomer before them", max_height=2160)
    Plan.objects.filter(name=plans[0]).delete()

    second = keyset_page(Plan.objects.all(), order=ORDER, first=100, after=first.page_info.end_cursor)

    assert [edge.node.name for edge in second.edges] == plans[4:]
    assert second.has_previous_page


def test_a_page_costs_one_query_and_its_count_one_more(
    plans: list[str], django_assert_num_queries: object
) -> None:
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(1):
        page = keyset_page(Plan.objects.all(), order=ORDER, first=5, after=None)
    with django_assert_num_queries(1):
        assert page.count() == len(plans)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "%%%",
        "é",
        "bm90IGpzb24",
        encode_cursor([1]),
        encode_cursor([1, "a", "not a key"]),
        encode_cursor(["not a height", "a", "018f0000-0000-7000-8000-000000000000"]),
        encode_cursor([None, None, None]),
        encode_cursor([float("nan"), "a", "018f0000-0000-7000-8000-000000000000"]),
        encode_cursor([1, "nul\x00", "018f0000-0000-7000-8000-000000000000"]),
        "W" * 5000,
    ],
)
def test_a_cursor_that_is_none_of_ours_is_bad_input(cursor: str) -> None:
    with pytest.raises(ApiError) as refused:
        keyset_page(Plan.objects.all(), order=ORDER, first=5, after=cursor)

    assert refused.value.extensions == {"code": "BAD_INPUT"}


@pytest.mark.parametrize("first", [0, -1, 101, 2**31 - 1])
def test_a_page_has_one_to_a_hundred_rows(first: int) -> None:
    with pytest.raises(ApiError) as refused:
        check_first(first)

    assert refused.value.extensions == {"code": "BAD_INPUT"}


def test_a_page_size_that_is_left_out_is_the_default() -> None:
    assert check_first(None, 12) == 12


def test_pages_of_a_short_list_walk_it_once() -> None:
    first = list_page("abcde", first=2)
    second = list_page("abcde", first=2, after=first.page_info.end_cursor)
    third = list_page("abcde", first=2, after=second.page_info.end_cursor)

    assert ["".join(edge.node for edge in page.edges) for page in (first, second, third)] == ["ab", "cd", "e"]
    assert [page.has_next_page for page in (first, second, third)] == [True, True, False]
    assert first.count() == 5


@pytest.mark.parametrize("place", [-1, "x", 1.5])
def test_a_place_that_is_none_is_bad_input(place: object) -> None:
    with pytest.raises(ApiError):
        list_page("abcde", first=2, after=encode_cursor([place]))


def test_an_empty_page_has_no_cursors() -> None:
    page = list_page(list[str](), first=2)

    assert (page.page_info.start_cursor, page.page_info.end_cursor) == (None, None)
