import pytest

from industry_brain.kernel.errors import Conflict, WrongState
from industry_brain.kernel.lifecycle import lock, move
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import ROUND_LIFECYCLE, RoundState
from tests.platform.factories.moments import NOW
from tests.platform.factories.rounds import RoundFactory

pytestmark = pytest.mark.django_db


def test_move_writes_state_and_facts_together() -> None:
    round_ = RoundFactory()

    move(round_, ROUND_LIFECYCLE, to=RoundState.COLLECTING, published_at=NOW)

    stored = Round.objects.get(pk=round_.pk)
    assert (stored.state, stored.published_at) == (RoundState.COLLECTING, NOW)


def test_move_refuses_what_the_table_does_not_allow() -> None:
    round_ = RoundFactory()

    with pytest.raises(WrongState, match="cannot become") as refusal:
        move(round_, ROUND_LIFECYCLE, to=RoundState.FINAL)

    assert refusal.value.code == "wrong_state"
    assert round_.state == RoundState.DRAFT


def test_of_two_who_move_the_same_row_one_succeeds() -> None:
    mine = RoundFactory()
    yours = Round.objects.get(pk=mine.pk)
    move(mine, ROUND_LIFECYCLE, to=RoundState.COLLECTING, published_at=NOW)

    with pytest.raises(Conflict, match="by somebody else"):
        move(yours, ROUND_LIFECYCLE, to=RoundState.COLLECTING, published_at=NOW)


def test_lock_gives_the_row_as_it_is_now() -> None:
    round_ = RoundFactory()
    Round.objects.filter(pk=round_.pk).update(title="改过的")

    assert lock(round_).title == "改过的"
