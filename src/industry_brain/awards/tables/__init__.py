"""What pages about awards show: rows, tabs, steps and charts in the reader's language."""

from industry_brain.awards.tables.charts import (
    bridge_chart,
    corridor_chart,
    flow_chart,
    own_flow_chart,
    progress_chart,
    share_chart,
)
from industry_brain.awards.tables.own import OwnShare, own_share
from industry_brain.awards.tables.runs import (
    SORTS,
    TONES,
    RunRow,
    conflict_sentences,
    failure_sentence,
    files_of,
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
    "bridge_chart",
    "conflict_sentences",
    "corridor_chart",
    "failure_sentence",
    "files_of",
    "flow_chart",
    "own_flow_chart",
    "own_share",
    "progress_chart",
    "run_facts",
    "run_rows",
    "runs_asked",
    "share_chart",
    "state_label",
    "state_tone",
    "steps_of",
    "tabs_of",
]
