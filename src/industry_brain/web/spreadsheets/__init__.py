"""Spreadsheets in and out: what people upload or paste, and what they take away."""

from industry_brain.web.spreadsheets.limits import Limits, UnreadableSheet
from industry_brain.web.spreadsheets.read import Table, read_pasted, read_table, read_tables
from industry_brain.web.spreadsheets.write import Column, Sheet, workbook

__all__ = [
    "Column",
    "Limits",
    "Sheet",
    "Table",
    "UnreadableSheet",
    "read_pasted",
    "read_table",
    "read_tables",
    "workbook",
]
