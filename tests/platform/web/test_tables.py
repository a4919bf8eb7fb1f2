import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from industry_brain.web.tables import listing_of, order_by, page_of, whole_number

SORTS = {"name": "model", "app": ["app_label", "-model"]}


def get(query: str):
    return RequestFactory().get(f"/?{query}")


@given(st.text(max_size=30))
@settings(max_examples=60)
def test_no_page_number_breaks_a_page(text):
    assert 1 <= whole_number(text, default=1, most=9) <= 9


@given(total=st.integers(0, 60), page=st.integers(-2, 99))
@settings(max_examples=60)
def test_pages_cover_every_row_once(total, page):
    rows = list(range(total))
    shown = page_of(get(f"page={page}"), rows, total, per_page=7)
    assert list(shown) == rows[shown.first - 1 : shown.last] if total else len(shown) == 0
    everything: list[int] = []
    number: int | None = 1
    while number is not None:
        part = page_of(get(f"page={number}"), rows, total, per_page=7)
        everything += list(part)
        number = part.next_page
    assert everything == rows


def test_the_first_page_has_none_before_it():
    assert page_of(get("page=1"), [1, 2, 3], 3, per_page=2).previous_page is None
    assert page_of(get("page=2"), [1, 2, 3], 3, per_page=2).previous_page == 1


def test_turning_a_sort_turns_every_part_of_it():
    assert order_by(SORTS["app"], descending=False) == ["app_label", "-model", "pk"]
    assert order_by(SORTS["app"], descending=True) == ["-app_label", "model", "-pk"]


@pytest.mark.django_db
def test_lists_cost_two_queries_however_long(django_assert_num_queries):
    with django_assert_num_queries(2):
        listing = listing_of(
            get("sort=-name&page=2"), ContentType.objects.all(), sorts=SORTS, default_sort="name", per_page=3
        )
        assert len(listing) == 3
    names = [row.model for row in listing]
    assert names == sorted(names, reverse=True)
    assert (listing.sort, listing.descending, listing.page) == ("name", True, 2)


@pytest.mark.django_db
def test_an_unknown_sort_gives_the_default():
    listing = listing_of(get("sort=password"), ContentType.objects.all(), sorts=SORTS, default_sort="-name")
    assert (listing.sort, listing.descending) == ("name", True)
