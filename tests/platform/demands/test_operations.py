from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from industry_brain.accounts.models import User
from industry_brain.catalogue.models import Material
from industry_brain.demands import operations
from industry_brain.demands.models import Demand
from industry_brain.demands.states import DemandState, RowState
from industry_brain.firms.models import Firm, Place
from industry_brain.kernel.errors import Conflict, Invalid, NotAllowed, WrongState
from industry_brain.records.models import Record
from industry_brain.rounds.models import Item, Round, Window
from industry_brain.rounds.states import RoundState
from tests.platform.factories.catalogue import CategoryFactory, MaterialFactory
from tests.platform.factories.demands import DemandFactory
from tests.platform.factories.firms import FirmFactory, PlaceFactory, SupplierFactory
from tests.platform.factories.moments import AFTER_DEMANDS, DEMANDS_CLOSE, NOW
from tests.platform.factories.rounds import WindowFactory

SHEET = [
    ["五洲轴承 12 月需求"],
    ["品名", "规格", "数量(吨)", "交货地", "最高限价", "备注"],
    ["圆钢", "GCr15 φ50 热轧", "12.5", "高桥", "5,650.50", "急"],
    ["圆钢", "GCr15 φ60 热轧", "八百", "月球", "-1", ""],
    ["", "", "", "", "", ""],
]


@pytest.fixture
def draft(collecting: Round, member_firm: Firm, gcr15: Material, window: Window) -> Demand:
    return DemandFactory(round=collecting, member=member_firm, material=gcr15, window=window)


def enter(round_: Round, firm: Firm, material: Material, actor: User, **facts: Any) -> Demand:
    wanted: dict[str, Any] = {
        "place": firm.place,
        "window": round_.windows.first(),
        "quantity": 10_000_000,
        "at": NOW,
    }
    return operations.enter_demand(round_, firm, material=material, actor=actor, **{**wanted, **facts})


def test_enter_demand_drafts_and_records(
    collecting: Round, member: User, member_firm: Firm, gcr15: Material, gcr15_60: Material
) -> None:
    supplier = SupplierFactory()

    demand = enter(
        collecting, member_firm, gcr15, member, substitutes=[gcr15_60], excluded_suppliers=[supplier]
    )

    assert (demand.state, demand.quantity, demand.reference) == ("draft", 10_000_000, "D-2026-0001")
    assert (list(demand.substitutes.all()), list(demand.excluded_suppliers.all())) == ([gcr15_60], [supplier])
    assert Record.objects.get().action == "demands.enter_demand"


def test_enter_demand_is_for_people_of_the_member(
    collecting: Round, member_firm: Firm, gcr15: Material, second_member: User, operator: User, supplier: User
) -> None:
    for actor in (second_member, operator, supplier):
        with pytest.raises(NotAllowed):
            enter(collecting, member_firm, gcr15, actor)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"quantity": 0}, "quantity_bounds"),
        ({"quantity": -1}, "quantity_bounds"),
        ({"quantity": 10**15}, "quantity_bounds"),
        ({"quantity": 1_500}, "quantity_places"),
        ({"reserve_price": 0}, "price_bounds"),
        ({"last_price": 10**12}, "price_bounds"),
    ],
)
def test_enter_demand_refuses_what_cannot_be_meant(
    facts: dict[str, int], code: str, collecting: Round, member: User, member_firm: Firm, gcr15: Material
) -> None:
    with pytest.raises(Invalid) as refused:
        enter(collecting, member_firm, gcr15, member, **facts)

    assert refused.value.code == code


def test_enter_demand_refuses_what_belongs_elsewhere(
    collecting: Round, member: User, member_firm: Firm, gcr15: Material
) -> None:
    other = MaterialFactory(category=CategoryFactory(code="tools"))
    wrong = (
        ("window_of_another_round", {"window": WindowFactory()}),
        ("category_of_another_round", {"substitutes": [other]}),
        ("substitute_same", {"substitutes": [gcr15]}),
        ("not_a_supplier", {"excluded_suppliers": [member_firm]}),
    )
    for code, facts in wrong:
        with pytest.raises(Invalid) as refused:
            enter(collecting, member_firm, gcr15, member, **facts)
        assert refused.value.code == code


def test_enter_demand_refuses_a_second_one_for_the_same(
    draft: Demand, collecting: Round, member: User, member_firm: Firm, gcr15: Material
) -> None:
    with pytest.raises(Conflict) as refused:
        enter(collecting, member_firm, gcr15, member, place=draft.place)

    assert draft.reference in str(refused.value)


def test_demands_stop_at_the_announced_moment(
    draft: Demand, collecting: Round, member: User, member_firm: Firm, gcr15_60: Material
) -> None:
    for late in (
        lambda: enter(collecting, member_firm, gcr15_60, member, at=DEMANDS_CLOSE),
        lambda: operations.change_demand(draft, quantity=1_000, actor=member, at=DEMANDS_CLOSE),
        lambda: operations.withdraw_demand(draft, actor=member, at=DEMANDS_CLOSE),
        lambda: operations.submit_demands(collecting, member_firm, actor=member, at=DEMANDS_CLOSE),
    ):
        with pytest.raises(WrongState) as refused:
            late()
        assert refused.value.code == "demands_closed"


def test_demands_are_taken_only_while_collected(draft: Demand, collecting: Round, member: User) -> None:
    Round.objects.filter(pk=collecting.pk).update(state=RoundState.POOLED)

    with pytest.raises(WrongState) as refused:
        operations.change_demand(draft, quantity=1_000, actor=member, at=NOW)

    assert refused.value.code == "not_collecting"


def test_submit_demands_hands_in_the_member_s_drafts_only(
    draft: Demand, collecting: Round, member: User, member_firm: Firm
) -> None:
    other = DemandFactory(round=collecting)

    submitted = operations.submit_demands(collecting, member_firm, actor=member, at=NOW)

    other.refresh_from_db()
    assert ([d.pk for d in submitted], other.state) == ([draft.pk], DemandState.DRAFT)
    with pytest.raises(Invalid):
        operations.submit_demands(collecting, member_firm, actor=member, at=NOW)


def test_change_demand_makes_a_draft_of_a_submitted_one(
    draft: Demand, collecting: Round, member: User, member_firm: Firm
) -> None:
    operations.submit_demands(collecting, member_firm, actor=member, at=NOW)
    draft.refresh_from_db()

    operations.change_demand(draft, quantity=2_000_000, actor=member, at=NOW)

    draft.refresh_from_db()
    assert (draft.state, draft.quantity, draft.submitted_at) == (DemandState.DRAFT, 2_000_000, None)


def test_change_demand_is_for_people_of_the_member(
    draft: Demand, second_member: User, operator: User
) -> None:
    for actor in (second_member, operator):
        with pytest.raises(NotAllowed):
            operations.change_demand(draft, quantity=1_000, actor=actor, at=NOW)
        with pytest.raises(NotAllowed):
            operations.withdraw_demand(draft, actor=actor, at=NOW)


def test_withdraw_demand_keeps_the_row_and_frees_its_place(
    draft: Demand, collecting: Round, member: User, member_firm: Firm, gcr15: Material
) -> None:
    operations.withdraw_demand(draft, actor=member, at=NOW)

    again = enter(collecting, member_firm, gcr15, member, place=draft.place)

    assert set(Demand.objects.values_list("state", flat=True)) == {"withdrawn", "draft"}
    assert again.pk != draft.pk


def test_import_sheet_takes_good_rows_and_keeps_the_others(
    collecting: Round, window: Window, member: User, member_firm: Firm, gcr15: Material, gaoqiao: Place
) -> None:
    sheet = operations.import_sheet(collecting, member_firm, SHEET, file_name="x.csv", actor=member, at=NOW)

    demand = Demand.objects.get()
    rows = list(sheet.rows.order_by("number"))
    assert [(row.number, row.state) for row in rows] == [(1, "dropped"), (3, "taken"), (4, "faulty")]
    assert (demand.quantity, demand.reserve_price, demand.place) == (12_500_000, 56_505_000, gaoqiao)
    assert (demand.material, demand.written_as) == (gcr15, "圆钢 GCr15 φ50 热轧")
    faults = {(fault["column"], fault["code"]) for fault in rows[2].faults}
    assert faults == {
        ("material", "material_not_in_catalogue"),
        ("quantity", "quantity_not_a_number"),
        ("place", "place_unknown"),
        ("reserve_price", "price_not_positive"),
    }
    fields = [column["field"] for column in sheet.columns]
    assert fields == ["material", "material", "quantity", "place", "reserve_price", None]


def test_import_sheet_sent_twice_drafts_once(
    collecting: Round, window: Window, member: User, member_firm: Firm, gcr15: Material, gaoqiao: Place
) -> None:
    for _time in range(2):
        sheet = operations.import_sheet(collecting, member_firm, SHEET, actor=member, at=NOW)

    assert (Demand.objects.count(), sheet.rows.get(number=3).state) == (1, RowState.TAKEN)


def test_import_sheet_refuses_to_overwrite_other_figures(
    collecting: Round, window: Window, member: User, member_firm: Firm, gcr15: Material
) -> None:
    table = [["物料", "数量"], ["GCR15-50", "5"], ["GCR15-50", "6"]]

    sheet = operations.import_sheet(collecting, member_firm, table, actor=member, at=NOW)
    again = operations.import_sheet(collecting, member_firm, table[:1] + table[2:], actor=member, at=NOW)

    assert Demand.objects.get().quantity == 5_000_000
    assert sheet.rows.get(number=3).faults[0]["code"] == "row_repeated"
    assert again.rows.get(number=2).faults[0]["code"] == "demand_exists"


def test_import_sheet_is_kept_after_the_deadline_without_counting(
    collecting: Round, window: Window, member: User, member_firm: Firm, gcr15: Material
) -> None:
    table = [["物料", "数量"], ["GCR15-50", "5"]]

    sheet = operations.import_sheet(collecting, member_firm, table, actor=member, at=AFTER_DEMANDS)

    row = sheet.rows.get()
    assert (Demand.objects.exists(), row.cells) == (False, ["GCR15-50", "5"])
    assert row.faults[0]["code"] == "demands_closed"


def test_import_sheet_without_headings_reads_the_order_of_the_template(
    collecting: Round, window: Window, member: User, member_firm: Firm, gcr15: Material
) -> None:
    operations.import_sheet(collecting, member_firm, [["GCR15-50", "800", "kg"]], actor=member, at=NOW)

    assert Demand.objects.get().quantity == 800_000


def test_import_sheet_is_for_people_of_the_member(
    collecting: Round, member_firm: Firm, second_member: User
) -> None:
    with pytest.raises(NotAllowed):
        operations.import_sheet(collecting, member_firm, SHEET, actor=second_member, at=NOW)


def test_correct_row_drafts_it_once_it_holds(
    collecting: Round, window: Window, member: User, member_firm: Firm, gcr15: Material
) -> None:
    table = [["物料", "数量", "备注"], ["GCR15-50", "?", "a"]]
    sheet = operations.import_sheet(collecting, member_firm, table, actor=member, at=NOW)

    still = operations.correct_row(sheet.rows.get(), ["GCR15-50", "0", "a"], actor=member, at=NOW)
    right = operations.correct_row(sheet.rows.get(), ["GCR15-50", "3", "a"], actor=member, at=NOW)

    assert (still.faults[0]["code"], right.state) == ("quantity_not_positive", RowState.TAKEN)
    assert (Demand.objects.get().quantity, sheet.rows.get().demand) == (3_000_000, Demand.objects.get())
    with pytest.raises(WrongState):
        operations.correct_row(sheet.rows.get(), ["GCR15-50", "4", "a"], actor=member, at=NOW)


def test_what_a_member_confirmed_once_is_not_asked_again(
    collecting: Round, window: Window, member: User, member_firm: Firm, gcr15: Material
) -> None:
    Material.objects.filter(pk=gcr15.pk).update(code="HR50")
    table = [["规格", "数量"], ["GCr15 50", "1"]]
    sheet = operations.import_sheet(collecting, member_firm, table, actor=member, at=NOW)
    fault = sheet.rows.get().faults[0]
    assert (fault["code"], [o["key"] for o in fault["options"]]) == ("material_number_unclear", ["HR50"])

    DemandFactory(member=member_firm, material=gcr15, written_as="GCr15 50")
    again = operations.import_sheet(collecting, member_firm, table, actor=member, at=NOW)

    assert again.rows.get().state == RowState.TAKEN


def test_drop_row_sets_a_row_aside_and_keeps_its_cells(
    collecting: Round, window: Window, member: User, second_member: User, member_firm: Firm
) -> None:
    table = [["物料", "数量"], ["?", "?"]]
    sheet = operations.import_sheet(collecting, member_firm, table, actor=member, at=NOW)
    with pytest.raises(NotAllowed):
        operations.drop_row(sheet.rows.get(), actor=second_member, at=NOW)

    dropped = operations.drop_row(sheet.rows.get(), actor=member, at=NOW)

    assert (dropped.state, dropped.cells) == (RowState.DROPPED, ["?", "?"])
    with pytest.raises(WrongState):
        operations.drop_row(sheet.rows.get(), actor=member, at=NOW)


def test_pool_round_waits_for_the_announced_moment_or_for_everybody(
    draft: Demand, collecting: Round, member: User, member_firm: Firm, operator: User
) -> None:
    other = FirmFactory()
    operations.submit_demands(collecting, member_firm, actor=member, at=NOW)
    with pytest.raises(Invalid) as refused:
        operations.pool_round(collecting, actor=operator, at=NOW)
    assert refused.value.code == "before_deadline"

    Firm.objects.filter(pk=other.pk).update(is_member=False, is_supplier=True)
    Firm.objects.exclude(pk=member_firm.pk).update(is_member=False, is_supplier=True)
    items = operations.pool_round(collecting, actor=operator, at=NOW)

    assert [item.quantity for item in items] == [draft.quantity]


def test_pool_round_leaves_drafts_and_withdrawn_demands_behind(
    collecting: Round, window: Window, operator: User
) -> None:
    kept = DemandFactory(round=collecting, window=window, submitted=True)
    draft = DemandFactory(round=collecting, window=window)
    withdrawn = DemandFactory(round=collecting, window=window, state=DemandState.WITHDRAWN)

    items = operations.pool_round(collecting, actor=operator, at=AFTER_DEMANDS)

    collecting.refresh_from_db()
    states = [Demand.objects.get(pk=d.pk).state for d in (kept, draft, withdrawn)]
    assert (collecting.state, states) == (RoundState.POOLED, ["pooled", "draft", "withdrawn"])
    assert Demand.objects.get(pk=kept.pk).item == items[0]


def test_pool_round_without_a_demand_says_so(collecting: Round, operator: User) -> None:
    with pytest.raises(Invalid) as refused:
        operations.pool_round(collecting, actor=operator, at=AFTER_DEMANDS)

    assert refused.value.code == "no_demand"


def test_pool_round_is_for_the_round_s_operator(collecting: Round, member: User, analyst: User) -> None:
    for actor in (member, analyst):
        with pytest.raises(NotAllowed):
            operations.pool_round(collecting, actor=actor, at=AFTER_DEMANDS)


def test_of_two_operators_who_pool_at_once_one_succeeds(
    collecting: Round, window: Window, operator: User, second_operator: User
) -> None:
    DemandFactory(round=collecting, window=window, submitted=True)
    seen_by_both = Round.objects.get(pk=collecting.pk)
    operations.pool_round(collecting, actor=operator, at=AFTER_DEMANDS)

    with pytest.raises(Conflict):
        operations.pool_round(seen_by_both, actor=second_operator, at=AFTER_DEMANDS)

    assert Item.objects.count() == 1


def test_pooled_items_hold_all_that_was_submitted(
    collecting: Round,
    window: Window,
    second_window: Window,
    gcr15: Material,
    gcr15_60: Material,
    gaoqiao: Place,
    operator: User,
) -> None:
    elsewhere = PlaceFactory()
    for number in range(12):
        DemandFactory(
            round=collecting,
            window=(window, second_window)[number % 2],
            material=(gcr15, gcr15_60)[number % 3 == 0],
            place=(gaoqiao, elsewhere)[number == 0],
            quantity=(number + 1) * 7_001_000,
            submitted=True,
        )
    submitted = Demand.objects.aggregate(grams=Sum("quantity"))["grams"]

    items = operations.pool_round(collecting, actor=operator, at=AFTER_DEMANDS)

    assert sum(item.quantity for item in items) == submitted
    for item in items:
        assert item.demands.aggregate(grams=Sum("quantity"))["grams"] == item.quantity


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 2), st.integers(1, 10**12)),
        max_size=40,
    )
)
@settings(max_examples=60, deadline=None)
def test_pooling_loses_and_invents_nothing(rows: list[tuple[int, int, int, int]]) -> None:
    demands = [
        Demand(material=Material(pk=m), place=Place(pk=p), window=Window(pk=w), quantity=grams)
        for m, p, w, grams in rows
    ]

    pooled = operations.pool_demands(demands)

    assert sum(item.quantity for item in pooled) == sum(d.quantity for d in demands)
    keys = [(item.material.pk, item.place.pk, item.window.pk) for item in pooled]
    assert sorted(keys) == sorted({row[:3] for row in rows})


def test_deadlines_are_said_in_local_time(collecting: Round, member: User, member_firm: Firm) -> None:
    late = datetime(2026, 12, 1, tzinfo=UTC)

    with pytest.raises(WrongState) as refused:
        operations.submit_demands(collecting, member_firm, actor=member, at=late)

    assert "2026-11-09 17:00" in str(refused.value)
