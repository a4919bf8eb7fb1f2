"""Every address, every kind of person, every reference: nobody learns or changes more than theirs.

The world (``walls/world.py``) plants a canary in every tenant's rows and says who may read it;
``walls/addresses.py`` says what each address names and who may change something there.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.architecture.source import nothing
from tests.architecture.walls.addresses import (
    OPERATIONS,
    PAGES,
    Address,
    Route,
    operations,
    pages,
    undocumented,
)
from tests.architecture.walls.visits import Answer, Cell, Visitor, absent, cells
from tests.architecture.walls.world import ANONYMOUS, PEOPLE, World, build

pytestmark = pytest.mark.django_db
EVERYBODY = (*PEOPLE, ANONYMOUS)
NO_SESSION_NEEDED = {"healthz", "favicon", "set_language", "styleguide", "accounts:sign_in"}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for the whole file; every visit is undone, and the world at the end."""
    with django_db_blocker.unblock(), translation.override("en"), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def classified() -> list[tuple[str, Route, Address]]:
    """Every page with GET and, where it may change something, POST; every operation of the API."""
    found = []
    for route in pages():
        address = PAGES[route.name]
        found += [(method, route, address) for method in ("GET", "POST")]
    found += [(route.name.split()[0], route, OPERATIONS[route.name]) for route in operations()]
    return found


def test_every_address_is_classified() -> None:
    routes = [*pages(), *operations()]
    known = {**PAGES, **OPERATIONS}

    nothing(f"{route.name} at {route.path} is not classified" for route in routes if route.name not in known)
    nothing(sorted(set(known) - {route.name for route in routes}))
    nothing(undocumented())
    for route in routes:
        assert len(route.parameters) <= len(known[route.name].kinds), route


def faults(cell: Cell, answer: Answer, world: World) -> Iterator[str]:
    """What is wrong with an answer, whoever asked."""
    if answer.status >= 500 or answer.errors:
        yield f"{cell}: {answer.status} {answer.errors}"
    opened = cell.route.name == "POST /bids/{reference}/open" and cell.may_change
    for canary in () if opened else world.canaries:  # whoever opens bids is given them
        if cell.who not in canary.seen_by and canary.sings_in(answer.text):
            yield f"{cell}: {answer.status} tells the {canary.name}"
    if answer.changed and not (cell.may_change and cell.may_know):
        yield f"{cell}: {answer.status} changed something"


def difference(cell: Cell, answer: Answer, other: Answer) -> Iterator[str]:
    """How an answer about what must not exist differs from one about what does not exist."""
    if answer.status != other.status:
        yield f"{cell}: {answer.status}, but {other.status} where nothing exists"
    elif answer.text != other.text:
        yield f"{cell}: {answer.status} says something else than where nothing exists"


def attacked(who: str, method: str, route: Route, address: Address, world: World) -> Iterator[str]:
    visitor = Visitor(who, world)
    unseen: dict[tuple[str, ...], Answer] = {}
    for cell in cells(who, method, route, address, world):
        answer = visitor.visit(cell)
        if answer.status == 405:
            return
        yield from faults(cell, answer, world)
        if not cell.may_know:
            instead = absent(cell)
            key = tuple(thing.reference for thing in instead.things)
            if key not in unseen:
                unseen[key] = visitor.visit(instead)
            yield from difference(cell, answer, unseen[key])


@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_learns_or_changes_more_than_theirs(who: str, world: World) -> None:
    found: list[str] = []
    for method, route, address in classified():
        if route.name == "accounts:sign_out":
            continue
        found += attacked(who, method, route, address, world)
    nothing(found)


@pytest.mark.parametrize("who", PEOPLE)
def test_the_first_page_names_the_rounds_that_its_reader_may_know_of_and_no_others(
    who: str, world: World
) -> None:
    text = Visitor(who, world).client.get("/").content.decode()

    for thing in world.things["round"]:
        assert who in thing.seen_by or thing.reference not in text, thing.reference


def _everything(manager: str) -> Callable[..., Any]:
    """Give a query that forgot to ask who is reading."""
    app, _, model = manager.partition(".")
    return lambda *_, **__: apps.get_model(app, model).objects.order_by("pk")


LEAKS = {
    "rounds": ("rounds.queries.rounds_seen_by", "rounds.Round", "zheng", "rounds:"),
    "demands": ("demands.queries.demands_seen_by", "demands.Demand", "he", "demands:"),
    "sheets": ("demands.queries.sheets_seen_by", "demands.Sheet", "he", "GET /demands/sheets"),
    "bids": ("bids.queries.bids_seen_by", "bids.Bid", "lin", "bids:bid_detail"),
    "runs": ("awards.queries.runs.runs_seen_by", "awards.AwardRun", "duo", "awards:run_detail"),
    "shares": ("awards.queries.runs.shares_seen_by", "awards.Share", "chen", "awards:my_share/member"),
    "tokens": ("accounts.queries.tokens_of", "accounts.ApiToken", "zheng", "accounts:token"),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_gate_that_somebody_forgot_is_found(
    leak: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    query, model, who, prefix = LEAKS[leak]
    monkeypatch.setattr(f"industry_brain.{query}", _everything(model))

    found: list[str] = []
    for method, route, address in classified():
        if route.name.startswith(prefix):
            found += attacked(who, method, route, address, world)

    assert found
