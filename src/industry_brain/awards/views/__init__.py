"""Pages about awards."""

from industry_brain.awards.views.deciding import (
    run_approve,
    run_finalise,
    run_set_aside,
    run_share,
    run_start,
    run_stop,
)
from industry_brain.awards.views.files import run_export, run_file, run_minutes, run_workbook
from industry_brain.awards.views.own import my_result, my_share
from industry_brain.awards.views.results import award_matrix, run_shares
from industry_brain.awards.views.runs import run_detail, run_list

__all__ = [
    "award_matrix",
    "my_result",
    "my_share",
    "run_approve",
    "run_detail",
    "run_export",
    "run_file",
    "run_finalise",
    "run_list",
    "run_minutes",
    "run_set_aside",
    "run_share",
    "run_shares",
    "run_start",
    "run_stop",
    "run_workbook",
]
