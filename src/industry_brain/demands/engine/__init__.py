"""Reading a member's sheet: from headings and cells to demands, or to sentences about what is wrong."""

from industry_brain.demands.engine.columns import FIELDS, Heading, find_headings, headings_of
from industry_brain.demands.engine.faults import Fault, fault_from_json, said
from industry_brain.demands.engine.rows import Reader, Reading, Wanted
from industry_brain.demands.engine.sheets import ReadSheet, read_sheet

__all__ = [
    "FIELDS",
    "Fault",
    "Heading",
    "ReadSheet",
    "Reader",
    "Reading",
    "Wanted",
    "fault_from_json",
    "find_headings",
    "headings_of",
    "read_sheet",
    "said",
]
