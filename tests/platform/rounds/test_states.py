from itertools import pairwise

from industry_brain.rounds.states import AFTER_OPENING, ROUND_LIFECYCLE, STAGES, RoundState


def test_a_round_goes_forward_stage_by_stage() -> None:
    for before, after in pairwise(STAGES):
        assert ROUND_LIFECYCLE.allows(before, after)
        others = {state for state in STAGES if ROUND_LIFECYCLE.allows(before, state)}
        assert others <= {after, RoundState.OPENED}


def test_a_round_can_be_cancelled_until_it_is_final() -> None:
    cancellable = {state for state in RoundState if ROUND_LIFECYCLE.allows(state, RoundState.CANCELLED)}

    assert cancellable == set(RoundState) - {RoundState.FINAL, RoundState.CANCELLED}


def test_nothing_follows_the_end() -> None:
    for end in (RoundState.FINAL, RoundState.CANCELLED):
        assert not any(ROUND_LIFECYCLE.allows(end, state) for state in RoundState)


def test_only_an_award_under_way_goes_back() -> None:
    back = [
        (before, after)
        for place, before in enumerate(STAGES)
        for after in STAGES[:place]
        if ROUND_LIFECYCLE.allows(before, after)
    ]

    assert back == [(RoundState.AWARDING, RoundState.OPENED)]
    assert STAGES.index(AFTER_OPENING[0]) == STAGES.index(RoundState.OPENED)
