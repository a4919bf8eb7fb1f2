"""What pages about awards show: rows, tabs, steps and charts in the reader's language."""

from industry_brain.awards.tables.bought import bought_rows
from industry_brain.awards.tables.charts import (
    bridge_chart,
    corridor_chart,
    flow_chart,
    own_flow_chart,
    progress_chart,
    share_chart,
)
from industry_brain.awards.tables.findings import (
    bound_sentence,
    fairness_sentence,
    impossible_sentence,
    proof_sentence,
    unshared_sentence,
)
from industry_brain.awards.tables.own import OwnShare, own_share
from industry_brain.awards.tables.runs import (
    SORTS,
    TONES,
    RunRow,
    conflict_sentences,
    failure_sentence,
    files_of,
    names_in,
    run_facts,
    run_rows,
    runs_asked,
    state_label,
    state_tone,
    steps_of,
    tabs_of,
)

__all__ = [
    "SORTS",
    "TONES",
    "OwnShare",
    "RunRow",
    "bought_rows",
    "bound_sentence",
    "bridge_chart",
    "conflict_sentences",
    "corridor_chart",
    "failure_sentence",
    "fairness_sentence",
    "files_of",
    "flow_chart",
    "impossible_sentence",
    "names_in",
    "own_flow_chart",
    "own_share",
    "progress_chart",
    "proof_sentence",
    "run_facts",
    "run_rows",
    "runs_asked",
    "share_chart",
    "state_label",
    "state_tone",
    "steps_of",
    "tabs_of",
    "unshared_sentence",
]
