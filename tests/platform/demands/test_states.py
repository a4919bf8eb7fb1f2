from industry_brain.demands.states import DEMAND_LIFECYCLE, DemandState

S = DemandState
MOVES = {
    S.DRAFT: {S.SUBMITTED, S.WITHDRAWN},
    S.SUBMITTED: {S.POOLED, S.DRAFT, S.WITHDRAWN},
    S.POOLED: set(),
    S.WITHDRAWN: {S.DRAFT},
}


def test_where_a_demand_can_go_from_each_state() -> None:
    for before, nexts in MOVES.items():
        assert {state for state in S if DEMAND_LIFECYCLE.allows(before, state)} == nexts
