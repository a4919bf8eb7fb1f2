import pytest

from industry_brain.bids.states import BID_LIFECYCLE, BidState

MOVES = {
    (BidState.DRAFT, BidState.SUBMITTED),
    (BidState.SUBMITTED, BidState.SUBMITTED),
    (BidState.SUBMITTED, BidState.WITHDRAWN),
    (BidState.SUBMITTED, BidState.OPENED),
    (BidState.WITHDRAWN, BidState.SUBMITTED),
}


@pytest.mark.parametrize("before", BidState)
@pytest.mark.parametrize("after", BidState)
def test_exactly_these_moves_are_possible(before: BidState, after: BidState) -> None:
    assert BID_LIFECYCLE.allows(before, after) == ((before, after) in MOVES)
