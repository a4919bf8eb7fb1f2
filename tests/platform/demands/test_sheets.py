"""What imported sheets must never do: lose tonnes, lose wishes, or lose count of their rows."""

from collections.abc import Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from industry_brain.accounts.models import User
from industry_brain.catalogue.models import Material
from industry_brain.demands import operations
from industry_brain.demands.engine import fault_from_json, said
from industry_brain.demands.models import Demand, Sheet
from industry_brain.demands.states import DemandState, RowState
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Round, Window
from tests.platform.factories.demands import DemandFactory
from tests.platform.factories.firms import SupplierFactory
from tests.platform.factories.moments import NOW

HEADINGS = ["物料", "数量", "可替代", "不接受供应商"]

pytestmark = pytest.mark.usefixtures("window")


def imported(round_: Round, member: User, *rows: Sequence[str], first_row: int = 1) -> Sheet:
    """Import rows under our headings."""
    firm = member.organisations.get().firm
    return operations.import_sheet(round_, firm, [HEADINGS, *rows], first_row=first_row, actor=member, at=NOW)


def outcome(sheet: Sheet) -> list[tuple[int, str, str]]:
    """Each row's number, state and first fault."""
    rows = sheet.rows.order_by("number")
    return [(row.number, row.state, row.faults[0]["code"] if row.faults else "") for row in rows]


def test_equal_rows_of_one_sheet_are_never_merged_silently(
    collecting: Round, member: User, gcr15: Material
) -> None:
    sheet = imported(collecting, member, [gcr15.code, "5"], [gcr15.code, "5"])

    assert outcome(sheet) == [(2, "taken", ""), (3, "faulty", "row_repeated")]
    sentence = said(fault_from_json(sheet.rows.get(number=3).faults[0]))
    assert sentence.startswith("Row 2 asks for the same material at the same place and time.")


def test_equal_rows_stay_a_fault_when_the_sheet_comes_again(
    collecting: Round, member: User, gcr15: Material
) -> None:
    for _time in range(2):
        sheet = imported(collecting, member, [gcr15.code, "5"], [gcr15.code, "5"])

    assert outcome(sheet) == [(2, "taken", ""), (3, "faulty", "row_repeated")]
    assert Demand.objects.get().quantity == 5_000_000


def test_a_row_corrected_into_a_copy_of_another_is_not_merged(
    collecting: Round, member: User, gcr15: Material
) -> None:
    sheet = imported(collecting, member, [gcr15.code, "5"], [gcr15.code, "?"])

    row = operations.correct_row(sheet.rows.get(number=3), [gcr15.code, "5"], actor=member, at=NOW)

    assert (row.state, row.faults[0]["code"]) == (RowState.FAULTY, "row_repeated")


def test_a_repeated_row_counts_once_the_other_demand_is_withdrawn(
    collecting: Round, member: User, gcr15: Material, gcr15_60: Material
) -> None:
    sheet = imported(collecting, member, [gcr15.code, "5"], [gcr15.code, "6"], [gcr15_60.code, "?"])
    operations.withdraw_demand(Demand.objects.get(), actor=member, at=NOW)

    operations.correct_row(sheet.rows.get(number=4), [gcr15_60.code, "7"], actor=member, at=NOW)

    assert [row[1] for row in outcome(sheet)] == ["taken"] * 3
    live = Demand.objects.exclude(state=DemandState.WITHDRAWN).order_by("quantity")
    assert [demand.quantity for demand in live] == [6_000_000, 7_000_000]


@pytest.mark.parametrize("missing", ["substitutes", "excluded_suppliers"])
def test_a_row_with_other_wishes_is_not_what_is_already_there(
    missing: str, collecting: Round, member: User, gcr15: Material, gcr15_60: Material
) -> None:
    supplier = SupplierFactory()
    row = [gcr15.code, "5", gcr15_60.code, supplier.reference]
    imported(collecting, member, row)

    same = imported(collecting, member, row)
    row[HEADINGS.index("可替代" if missing == "substitutes" else "不接受供应商")] = ""
    other = imported(collecting, member, row)

    assert outcome(same) == [(2, "taken", "")]
    assert outcome(other) == [(2, "faulty", "demand_exists")]


def test_rows_bear_the_numbers_of_the_person_s_own_file(
    collecting: Round, member: User, gcr15: Material
) -> None:
    sheet = imported(collecting, member, ["", ""], [gcr15.code, "?"], first_row=4)

    assert outcome(sheet) == [(6, "faulty", "quantity_not_a_number")]


def test_correcting_one_cell_reads_and_writes_that_row_alone(
    collecting: Round, member: User, gcr15: Material
) -> None:
    few = imported(collecting, member, [gcr15.code, "?"])
    many = imported(collecting, member, *[[gcr15.code, "canary"]] * 600, [gcr15.code, "?"])

    counts = []
    for sheet, number in ((few, 2), (many, 602)):
        row = sheet.rows.get(number=number)
        with CaptureQueriesContext(connection) as captured:
            operations.correct_row(row, [gcr15.code, "0"], actor=member, at=NOW)
        counts.append(len(captured))
        assert "canary" not in "".join(query["sql"] for query in captured)

    assert counts[0] == counts[1]


def test_a_correction_is_read_before_the_round_is_locked(
    collecting: Round, member: User, gcr15: Material
) -> None:
    sheet = imported(collecting, member, [gcr15.code, "?"])

    with CaptureQueriesContext(connection) as captured:
        operations.correct_rows(sheet, {2: [gcr15.code, "5"]}, actor=member, at=NOW)

    statements = [query["sql"] for query in captured]
    locked = next(place for place, sql in enumerate(statements) if sql.startswith("SAVEPOINT"))
    catalogue = [place for place, sql in enumerate(statements) if 'FROM "catalogue_material"' in sql]
    assert catalogue
    assert max(catalogue) < locked


def test_a_demand_entered_elsewhere_is_named(
    collecting: Round, member: User, member_firm: Firm, gcr15: Material, window: Window
) -> None:
    demand = DemandFactory(
        round=collecting, member=member_firm, material=gcr15, place=member_firm.place, window=window
    )

    sheet = imported(collecting, member, [gcr15.code, "5"])

    fault = fault_from_json(sheet.rows.get().faults[0])
    assert (fault.code, demand.reference in said(fault)) == ("demand_exists", True)
