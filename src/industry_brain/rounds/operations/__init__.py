"""Everything that changes a round.

Pooling, opening and awarding belong to the downstream contexts ``demands``, ``bids`` and
``awards``; they do their part and call the ``mark_…`` operations here in the same transaction.
"""

from industry_brain.rounds.operations.bounds import LARGEST_E4
from industry_brain.rounds.operations.drafting import (
    EDITABLE,
    RULES,
    Draft,
    create_round,
    edit_round,
    invite_supplier,
    save_draft,
    set_indices,
    set_share_rules,
    set_windows,
    withdraw_invitation,
)
from industry_brain.rounds.operations.stages import (
    PooledItem,
    cancel_round,
    change_calendar,
    close_bidding,
    mark_awarded,
    mark_awarding,
    mark_final,
    mark_opened,
    mark_opened_again,
    mark_pooled,
    publish_round,
    set_market_price,
    set_market_prices,
    start_bidding,
)

__all__ = [
    "EDITABLE",
    "LARGEST_E4",
    "RULES",
    "Draft",
    "PooledItem",
    "cancel_round",
    "change_calendar",
    "close_bidding",
    "create_round",
    "edit_round",
    "invite_supplier",
    "mark_awarded",
    "mark_awarding",
    "mark_final",
    "mark_opened",
    "mark_opened_again",
    "mark_pooled",
    "publish_round",
    "save_draft",
    "set_indices",
    "set_market_price",
    "set_market_prices",
    "set_share_rules",
    "set_windows",
    "start_bidding",
    "withdraw_invitation",
]
