"""Two people at one round: what counts is the calendar as it stands, not as it was read."""

from datetime import timedelta

import pytest

from industry_brain.accounts.models import User
from industry_brain.bids.operations import open_bids
from industry_brain.kernel.errors import Conflict, Invalid
from industry_brain.rounds import operations
from industry_brain.rounds.models import Invitation, Round
from industry_brain.rounds.states import RoundState
from tests.platform.factories.moments import BIDS_CLOSE, DEMANDS_CLOSE, NOW
from tests.platform.rounds.conftest import RoundAt

S = RoundState
LATER = BIDS_CLOSE + timedelta(days=2)


def extend(round_: Round, actor: User) -> None:
    """Move the end of bidding while somebody else has the round in hand."""
    operations.change_calendar(
        Round.objects.get(pk=round_.pk),
        demands_close_at=DEMANDS_CLOSE,
        bids_close_at=LATER,
        reason="the mill asked for more time",
        actor=actor,
        at=NOW,
    )


@pytest.mark.parametrize("close", [operations.close_bidding, open_bids])
def test_bids_are_not_closed_before_a_deadline_that_was_extended_meanwhile(
    close: object, operator: User, second_operator: User, round_at: RoundAt
) -> None:
    in_hand = round_at(S.BIDDING)
    extend(in_hand, second_operator)

    with pytest.raises(Invalid) as refused:
        close(in_hand, actor=operator, at=BIDS_CLOSE)  # type: ignore[operator] # one of the two above

    assert (refused.value.code, Round.objects.get().state) == ("before_deadline", S.BIDDING)
    assert "2026-11-18 17:00" in str(refused.value)


def test_bidding_starts_under_a_deadline_that_was_extended_meanwhile(
    operator: User, second_operator: User, round_at: RoundAt
) -> None:
    in_hand = round_at(S.POOLED)
    extend(in_hand, second_operator)

    started = operations.start_bidding(in_hand, actor=operator, at=BIDS_CLOSE)

    assert (started.state, started.bids_close_at) == (S.BIDDING, LATER)


def test_bidding_does_not_start_when_the_last_invitation_or_the_time_has_gone_meanwhile(
    operator: User, round_at: RoundAt
) -> None:
    in_hand = round_at(S.POOLED)
    Round.objects.update(demands_close_at=NOW - timedelta(days=2), bids_close_at=NOW - timedelta(days=1))
    with pytest.raises(Invalid) as late:
        operations.start_bidding(in_hand, actor=operator, at=NOW)
    Invitation.objects.all().delete()
    with pytest.raises(Invalid) as alone:
        operations.start_bidding(in_hand, actor=operator, at=NOW)

    assert (late.value.code, alone.value.code) == ("deadline_passed", "nobody_invited")


def test_a_draft_is_not_published_under_a_deadline_that_was_put_into_the_past_meanwhile(
    operator: User, second_operator: User, draft: Round
) -> None:
    operations.edit_round(Round.objects.get(pk=draft.pk), demands_close_at=NOW, actor=second_operator, at=NOW)

    with pytest.raises(Invalid) as refused:
        operations.publish_round(draft, actor=operator, at=NOW)

    assert (refused.value.code, Round.objects.get().state) == ("deadline_passed", S.DRAFT)


def test_what_two_people_close_at_once_is_closed_once(
    operator: User, second_operator: User, round_at: RoundAt
) -> None:
    in_hand = round_at(S.BIDDING)
    operations.close_bidding(Round.objects.get(pk=in_hand.pk), actor=second_operator, at=BIDS_CLOSE)

    with pytest.raises(Conflict):
        operations.close_bidding(in_hand, actor=operator, at=BIDS_CLOSE)
