import pytest

from industry_brain.accounts.models import User
from industry_brain.rounds.states import RoundState
from industry_brain.rounds.tables import next_action, steps_of, tabs_of
from tests.platform.factories.moments import AFTER_BIDS, AFTER_DEMANDS, NOW
from tests.platform.rounds.conftest import RoundAt

S = RoundState
# What each role is offered at each stage: the next step, and the tabs.
ACTIONS = {
    #            operator         member           supplier      analyst  auditor
    S.DRAFT: ("publish", None, None, None, None),
    S.COLLECTING: ("pool", "enter_demands", None, None, None),
    S.POOLED: ("start_bidding", None, None, None, None),
    S.BIDDING: (None, None, "bid", None, None),
    S.CLOSED: ("open", None, None, None, None),
    S.OPENED: ("award", None, None, None, "see_award"),
    S.AWARDING: ("approve", None, None, None, "see_award"),
    S.AWARDED: ("finalise", "see_share", "see_result", None, "see_award"),
    S.FINAL: ("see_award", "see_share", "see_result", None, "see_award"),
    S.CANCELLED: (None, None, None, None, None),
}
ROLES = ("operator", "member", "supplier", "analyst", "auditor")
BEFORE_OPENING = {
    "operator": ["Overview", "Demands", "Files"],
    "member": ["Overview", "My demands", "Files"],
    "supplier": ["Overview", "My bid", "Files"],
    "analyst": ["Overview", "Demands", "Files"],
    "auditor": ["Overview", "Demands", "Files"],
}


@pytest.mark.parametrize("state", RoundState)
def test_what_each_role_is_offered_at_each_stage(
    state: RoundState, people: dict[str, User], round_at: RoundAt
) -> None:
    round_ = round_at(state)

    offered = [next_action(round_, people[role], NOW) for role in ROLES]

    assert tuple(action and action.key for action in offered) == ACTIONS[state]


def test_what_is_offered_follows_the_deadlines(people: dict[str, User], round_at: RoundAt) -> None:
    collecting = round_at(S.COLLECTING)
    offered = [next_action(collecting, people["operator"], at) for at in (NOW, AFTER_DEMANDS)]
    assert [str(a.label) for a in offered if a] == ["See who is still missing", "Pool the demands"]
    assert next_action(collecting, people["member"], AFTER_DEMANDS) is None


def test_bidding_can_be_closed_only_after_its_deadline(people: dict[str, User], round_at: RoundAt) -> None:
    bidding = round_at(S.BIDDING)

    offered = next_action(bidding, people["operator"], AFTER_BIDS)
    assert offered is not None
    assert (offered.key, offered.posts) == ("close_bidding", True)
    assert next_action(bidding, people["supplier"], AFTER_BIDS) is None


@pytest.mark.parametrize("who", ROLES)
def test_tabs_before_and_after_the_opening(who: str, people: dict[str, User], round_at: RoundAt) -> None:
    round_ = round_at(S.BIDDING)
    assert [str(tab.label) for tab in tabs_of(round_, people[who])] == BEFORE_OPENING[who]

    round_.state = S.OPENED
    after = [str(tab.label) for tab in tabs_of(round_, people[who])]
    assert "Result" in after
    assert ("Compare bids" in after) is (who in ("operator", "auditor"))


def test_the_timeline_shows_what_is_done_and_what_is_now(round_at: RoundAt) -> None:
    steps = steps_of(round_at(S.BIDDING))

    assert [step.state for step in steps] == ["done"] * 3 + ["current"] + ["todo"] * 5
    assert steps[3].note == "until 11-16 17:00"


def test_the_timeline_of_a_cancelled_round_ends_where_it_was_cancelled(round_at: RoundAt) -> None:
    steps = steps_of(round_at(S.CANCELLED))

    assert [step.state for step in steps][:4] == ["done", "done", "failed", "todo"]
