import pytest

from industry_brain.catalogue.models import Material
from industry_brain.demands.engine.sheets import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, bounded, read_sheet
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import Invalid
from industry_brain.rounds.models import Round, Window


def test_rows_above_the_headings_say_nothing_and_blank_rows_do_not_count(
    collecting: Round, window: Window, member_firm: Firm, gcr15: Material
) -> None:
    table = [["12 月需求"], ["物料", "数量"], ["", " "], [gcr15.code, "5"]]

    read = read_sheet(collecting, member_firm, table, first_row=3)

    assert [(row.number, row.reading is None) for row in read.rows] == [(3, True), (6, False)]
    assert [heading.field for heading in read.headings] == ["material", "quantity"]


@pytest.mark.parametrize("table", [[["1"]] * (MOST_ROWS + 1), [["1"] * (MOST_COLUMNS + 1)]])
def test_a_sheet_nobody_fills_in_by_hand_is_refused(table: list[list[str]]) -> None:
    with pytest.raises(Invalid) as refused:
        bounded(table)

    assert refused.value.code == "sheet_too_large"


def test_cells_are_kept_in_signs_that_both_databases_can_keep() -> None:
    assert bounded([["a\0b", "\ud83d", "x" * 9_999]]) == [["a\ufffdb", "?", "x" * LONGEST_CELL]]
