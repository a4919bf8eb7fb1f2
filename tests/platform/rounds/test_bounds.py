"""What cannot be meant is refused with a sentence, by the operations and so at every door."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from industry_brain.accounts.models import User
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import Invalid
from industry_brain.records.models import Record
from industry_brain.rounds import operations
from industry_brain.rounds.models import Index, Item, Round, ShareRule, Window
from industry_brain.rounds.states import RoundState
from tests.platform.factories.catalogue import CategoryFactory
from tests.platform.factories.moments import CALL_OFF_FROM, NOW
from tests.platform.factories.rounds import ItemFactory
from tests.platform.rounds.conftest import RoundAt

pytestmark = pytest.mark.usefixtures("on_the_second_of_november")
API = "/api/v1/rounds/R-2026-0001"
HUGE = 10**30
Send = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def send(operator: User) -> Send:
    """Send one request as the operator, and give the status and the problem."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(operator)

    def send(method: str, address: str, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
        answer = getattr(client, method)(address, body, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    return send


WRONG_RULES: list[dict[str, Any]] = [
    *({"annual_rate_ppm": value} for value in ("abc", None, 45000.5, "45000", True, -1, HUGE)),
    *({"quality_weight_ppm": value} for value in (None, 1_000_001)),
    *({"max_suppliers": value} for value in ("3", HUGE, 100_000, 0, True)),
    *({"min_suppliers": value} for value in (-1, 2.5)),
    *({"standstill_days": value} for value in (-1, None, 61, HUGE)),
    *({"breakaway_capacity": value} for value in ("nonsense", None, ["full"])),
    *({"terms": value} for value in (["a list"], None, "x" * 20_001)),
]


@pytest.mark.parametrize("rules", WRONG_RULES, ids=str)
def test_no_rule_that_cannot_be_meant_is_kept(rules: dict[str, Any], send: Send, draft: Round) -> None:
    status, problem = send("patch", API, {"rules": rules})

    assert (status, len(problem["detail"]) > 20) == (422, True)
    before = {name: getattr(draft, name) for name in rules}
    assert Round.objects.values(*rules).get() == before
    assert not Record.objects.exists()


@pytest.mark.parametrize("rules", WRONG_RULES, ids=str)
def test_the_operation_refuses_what_the_api_refuses(
    rules: dict[str, Any], operator: User, draft: Round
) -> None:
    with pytest.raises(Invalid):
        operations.edit_round(draft, actor=operator, at=NOW, **rules)


def window(**facts: Any) -> dict[str, Any]:
    return {"code": "all", "starts_on": "2026-12-01", "ends_on": "2027-02-28", **facts}


def index(**facts: Any) -> dict[str, Any]:
    return {"code": "gcr15", "name": "GCr15", "value": "5200", **facts}


WRONG_ROWS: list[tuple[str, Any, str]] = [
    ("windows", [window(), window()], "row_code_twice"),
    ("windows", [window(code="")], "row_code"),
    ("windows", [window(code="十二月")], "row_code"),
    ("windows", [window(code="w" * 21)], "row_code"),
    ("windows", [window(code=f"w{n}") for n in range(49)], "too_many_rows"),
    ("windows", [window(max_lead_days=-5)], "lead_days"),
    ("windows", [window(max_lead_days=HUGE)], "lead_days"),
    ("windows", [window(starts_on="1990-01-01", ends_on="1990-01-31")], "window_outside"),
    ("windows", [window(ends_on="2027-03-01")], "window_outside"),
    ("indices", [index(), index(value="5300")], "row_code_twice"),
    ("indices", [index(value="1E+30")], "price_bounds"),
    ("indices", [index(value="1E+999999")], "price_bounds"),
    ("indices", [index(value="1000000000000")], "index_value"),
    ("indices", [index(value="-1")], "index_value"),
    ("indices", [index(name="")], "text_length"),
    ("indices", [index(name="x" * 161)], "text_length"),
    ("indices", [index(code="i" * 41)], "row_code"),
    ("share-rules", [{"max_ppm": HUGE}], "share_bounds"),
    ("share-rules", [{"max_ppm": -1}], "share_bounds"),
    ("share-rules", [{"max_ppm": 500_000}] * 49, "too_many_rows"),
]


@pytest.mark.parametrize(("rows", "body", "code"), WRONG_ROWS)
def test_no_row_that_cannot_be_meant_is_kept(
    rows: str, body: Any, code: str, send: Send, draft: Round
) -> None:
    status, problem = send("put", f"{API}/{rows}", body)

    assert (status, problem["code"]) == (422, code)
    assert (draft.windows.count(), draft.indices.count(), draft.share_rules.count()) == (1, 0, 0)


@pytest.mark.parametrize(
    "facts", [{"title": "x" * 500}, {"title": ""}, {"title": "  "}, {"title_en": "x" * 500}], ids=str
)
def test_titles_are_as_long_as_pages_show(facts: dict[str, str], send: Send, draft: Round) -> None:
    new = {
        "title": "第九轮",
        "category": CategoryFactory().code,
        "demands_close_at": "2026-11-10T09:00:00Z",
        "bids_close_at": "2026-11-17T09:00:00Z",
        "call_off_from": "2026-12-01",
        "call_off_until": "2027-02-28",
        **facts,
    }
    answers = [send("patch", API, facts), send("post", "/api/v1/rounds/", new)]

    assert [(status, problem["code"]) for status, problem in answers] == [(422, "text_length")] * 2
    assert Round.objects.get().title == draft.title


def test_reasons_prices_and_keys_have_their_bounds(send: Send, round_at: RoundAt) -> None:
    item = ItemFactory(round=round_at(RoundState.POOLED), code="ITEM")
    dates = {"demands_close_at": "2026-11-10T09:00:00Z", "bids_close_at": "2026-11-17T09:00:00Z"}
    new = {"title": "x", "category": item.material.category.code, **dates}
    new |= {"call_off_from": "2026-12-01", "call_off_until": "2027-02-28"}
    long = "x" * 5_000

    answers = [
        send("post", f"{API}/cancel", {"reason": long}),
        send("post", f"{API}/calendar", {**dates, "reason": long}),
        send("put", f"{API}/items/ITEM/market-price", {"market_price": "1E+30"}),
        send("put", f"{API}/items/ITEM/market-price", {"market_price": "0"}),
        send("post", "/api/v1/rounds/", new, **{"Idempotency-Key": "k" * 500}),
    ]

    assert [(status, problem["code"]) for status, problem in answers] == [
        (422, "text_length"),
        (422, "text_length"),
        (422, "price_bounds"),
        (422, "price_bounds"),
        (422, "key_too_long"),
    ]
    assert Round.objects.get().state == RoundState.POOLED


def test_a_window_over_the_whole_call_off_follows_it(operator: User, draft: Round) -> None:
    operations.edit_round(draft, actor=operator, at=NOW, call_off_until=date(2027, 3, 31))

    assert (draft.windows.get().starts_on, draft.windows.get().ends_on) == (CALL_OFF_FROM, date(2027, 3, 31))


def test_a_draft_whose_windows_leave_the_call_off_is_not_published(operator: User, draft: Round) -> None:
    Window.objects.update(starts_on=date(2027, 1, 1))
    operations.edit_round(draft, actor=operator, at=NOW, call_off_from=date(2027, 1, 15))
    draft.refresh_from_db()

    with pytest.raises(Invalid) as refused:
        operations.publish_round(draft, actor=operator, at=NOW)

    assert refused.value.code == "window_outside"
    assert "2027-01-01 to 2027-02-28" in str(refused.value)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_share_rules_are_recorded_by_reference_whatever_the_reader_s_language(
    language: str, operator: User, draft: Round, supplier_firm: Firm
) -> None:
    rules = [ShareRule(supplier=supplier_firm, min_ppm=100_000), ShareRule(max_ppm=600_000)]
    with translation.override(language):
        operations.set_share_rules(draft, rules, actor=operator, at=NOW)

    assert Record.objects.get().facts["rules"] == [
        {"supplier": supplier_firm.reference, "min_ppm": 100_000, "max_ppm": None},
        {"supplier": None, "min_ppm": None, "max_ppm": 600_000},
    ]


def test_market_prices_and_pooled_items_are_written_together(operator: User, round_at: RoundAt) -> None:
    round_ = round_at(RoundState.POOLED)
    items: list[Item] = ItemFactory.create_batch(6, round=round_)

    def count(some: list[Item]) -> int:
        prices: dict[Item, int | None] = dict.fromkeys(some, 52_000_000)
        with CaptureQueriesContext(connection) as captured:
            operations.set_market_prices(round_, prices, actor=operator, at=NOW)
        return len(captured)

    count(items[:1])
    assert count(items[:2]) == count(items)
    assert set(Item.objects.values_list("market_price", flat=True)) == {52_000_000}
    newest = Record.objects.order_by("-number")[0]
    assert (newest.action, len(newest.facts["prices"])) == ("rounds.set_market_prices", 6)


def test_pooled_items_are_written_together(operator: User, round_at: RoundAt) -> None:
    round_ = round_at(RoundState.COLLECTING)
    examples: list[Item] = ItemFactory.create_batch(6)
    over_all = round_.windows.get()
    items = [operations.PooledItem(i.material, i.place, over_all, 5) for i in examples]

    with CaptureQueriesContext(connection) as captured:
        rows = operations.mark_pooled(round_, items, actor=operator, at=NOW)

    written = [query for query in captured.captured_queries if 'INSERT INTO "rounds_item"' in query["sql"]]
    assert (len(written), len(rows), all(row.pk for row in rows)) == (1, 6, True)


def test_indices_are_kept_at_their_largest(operator: User, draft: Round) -> None:
    largest = Index(code="x", name="x", value=operations.LARGEST_E4)
    operations.set_indices(draft, [largest], actor=operator, at=NOW)

    assert draft.indices.get().value == operations.LARGEST_E4
