"""Lists whose search, sort and page stand in the address, so that a link shows the same list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, overload

from django.db.models import QuerySet
from django.http import HttpRequest

ROWS_PER_PAGE = 25

Row_co = TypeVar("Row_co", covariant=True)


class Rows(Protocol[Row_co]):
    """What a listing can page through: a queryset or a sequence."""

    @overload
    def __getitem__(self, index: int, /) -> Row_co: ...
    @overload
    def __getitem__(self, index: slice, /) -> Any: ...


@dataclass(frozen=True)
class Listing(Generic[Row_co]):
    """One page of a list, and what is needed to go to the others."""

    rows: Sequence[Row_co]
    total: int
    page: int
    pages: int
    sort: str = ""
    descending: bool = False
    per_page: int = ROWS_PER_PAGE

    def __iter__(self) -> Iterator[Row_co]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def first(self) -> int:
        """Number of the first row shown."""
        return min((self.page - 1) * self.per_page + 1, self.total)

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.page * self.per_page, self.total)

    @property
    def previous_page(self) -> int | None:
        """Number of the page before, if there is one."""
        return self.page - 1 if self.page > 1 else None

    @property
    def next_page(self) -> int | None:
        """Number of the page after, if there is one."""
        return self.page + 1 if self.page < self.pages else None


def whole_number(text: str, *, default: int, least: int = 1, most: int = 1_000_000) -> int:
    """Read a number out of an address; nonsense gives the default, never an error page.

    >>> whole_number("7", default=1), whole_number("-3", default=1), whole_number("x", default=1)
    (7, 1, 1)
    """
    try:
        return min(max(int(text), least), most)
    except ValueError:
        return default


def sort_of(request: HttpRequest, sorts: Mapping[str, str | Sequence[str]], default: str) -> tuple[str, bool]:
    """Read ``?sort=`` and its direction; an unknown sort gives the default."""
    asked = request.GET.get("sort", default)
    name = asked.removeprefix("-")
    if name not in sorts:
        asked, name = default, default.removeprefix("-")
    return name, asked.startswith("-")


def order_by(sort: str | Sequence[str], descending: bool) -> list[str]:
    """Turn a sort into ``order_by`` names, with the key last so that pages never overlap.

    >>> order_by("closes_at", True), order_by(["-total", "name"], True)
    (['-closes_at', '-pk'], ['total', '-name', '-pk'])
    """
    names = [*([sort] if isinstance(sort, str) else sort), "pk"]
    if not descending:
        return names
    return [name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in names]


def listing_of(
    request: HttpRequest,
    rows: QuerySet[Any],
    *,
    sorts: Mapping[str, str | Sequence[str]],
    default_sort: str,
    per_page: int = ROWS_PER_PAGE,
) -> Listing[Any]:
    """Sort a queryset as the address asks (two queries: a count and one page of rows)."""
    name, descending = sort_of(request, sorts, default_sort)
    ordered = rows.order_by(*order_by(sorts[name], descending))
    return page_of(request, ordered, ordered.count(), order=(name, descending), per_page=per_page)


def page_of(
    request: HttpRequest,
    rows: Rows[Row_co],
    total: int,
    *,
    order: tuple[str, bool] = ("", False),
    per_page: int = ROWS_PER_PAGE,
) -> Listing[Row_co]:
    """Cut the page that the address asks for; a page past the end gives the last one."""
    pages = max(1, -(-total // per_page))
    page = whole_number(request.GET.get("page", ""), default=1, most=pages)
    start = (page - 1) * per_page
    return Listing(list(rows[start : start + per_page]), total, page, pages, *order, per_page)
