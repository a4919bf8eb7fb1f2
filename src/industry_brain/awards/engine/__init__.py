"""Between our rows and the engines: state a round, work an award out, and read what was found."""

from industry_brain.awards.engine.compute import (
    Broken,
    Checked,
    Computation,
    Outcome,
    Snapshot,
    StoppedEarly,
    Unshared,
)
from industry_brain.awards.engine.problem import state_round
from industry_brain.awards.engine.results import Found, read_results, read_shares_only
from industry_brain.awards.engine.supplier import SupplierResult, result_of
from industry_brain.awards.engine.words import fault_sentence, references_in, term_sentence

__all__ = [
    "Broken",
    "Checked",
    "Computation",
    "Found",
    "Outcome",
    "Snapshot",
    "StoppedEarly",
    "SupplierResult",
    "Unshared",
    "fault_sentence",
    "read_results",
    "read_shares_only",
    "references_in",
    "result_of",
    "state_round",
    "term_sentence",
]
