"""Everything that changes demands and the sheets they come from."""

from industry_brain.demands.operations.entering import (
    change_demand,
    enter_demand,
    submit_demands,
    withdraw_demand,
)
from industry_brain.demands.operations.pooling import pool_demands, pool_round
from industry_brain.demands.operations.sheets import correct_row, correct_rows, drop_row, import_sheet

__all__ = [
    "change_demand",
    "correct_row",
    "correct_rows",
    "drop_row",
    "enter_demand",
    "import_sheet",
    "pool_demands",
    "pool_round",
    "submit_demands",
    "withdraw_demand",
]
