"""Pages about bids."""

from industry_brain.bids.views.opened import (
    bid_detail,
    bid_matrix,
    bid_matrix_export,
    bid_open,
    bid_opening,
)
from industry_brain.bids.views.writing import (
    bid_autosave,
    bid_edit,
    bid_envelope,
    bid_list,
    bid_preview,
    bid_receipt,
    bid_submit,
    bid_template,
    bid_upload,
    bid_withdraw,
)

__all__ = [
    "bid_autosave",
    "bid_detail",
    "bid_edit",
    "bid_envelope",
    "bid_list",
    "bid_matrix",
    "bid_matrix_export",
    "bid_open",
    "bid_opening",
    "bid_preview",
    "bid_receipt",
    "bid_submit",
    "bid_template",
    "bid_upload",
    "bid_withdraw",
]
