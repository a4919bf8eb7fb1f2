"""Everything that changes award runs."""

from industry_brain.awards.operations.deciding import approve_award, finalise_award, set_award_aside
from industry_brain.awards.operations.requesting import USUAL_SECONDS, start_award, stop_award
from industry_brain.awards.operations.running import carry_out_run, recover_stalled_runs
from industry_brain.awards.operations.sharing import carry_out_sharing, share_award

__all__ = [
    "USUAL_SECONDS",
    "approve_award",
    "carry_out_run",
    "carry_out_sharing",
    "finalise_award",
    "recover_stalled_runs",
    "set_award_aside",
    "share_award",
    "start_award",
    "stop_award",
]
