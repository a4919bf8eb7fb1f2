import pytest

from industry_brain.accounts.models import User
from industry_brain.overview.tables import next_steps, tour
from industry_brain.rounds.states import RoundState
from tests.platform.factories.rounds import RoundFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "trait", "action"),
    [
        ("operator", "collecting", "Follow the demands"),
        ("member", "collecting", "Put in your demands"),
        ("supplier", "bidding", "Submit your bid"),
        ("supplier", "collecting", ""),
        ("analyst", "bidding", ""),
    ],
)
def test_every_role_is_told_its_own_next_step(
    who: str, trait: str, action: str, request: pytest.FixtureRequest
) -> None:
    round_ = RoundFactory(**{trait: True})

    (step,) = next_steps([round_], request.getfixturevalue(who))

    assert str(step.action) == action


def test_rounds_with_something_to_do_come_first(member: User) -> None:
    waiting, mine = RoundFactory(bidding=True), RoundFactory(collecting=True)

    assert [step.round for step in next_steps([waiting, mine], member)] == [mine, waiting]


def test_the_tour_leads_only_to_rounds_that_are_there(member: User) -> None:
    round_ = RoundFactory(collecting=True)

    stops = tour([round_], member)

    assert [(stop.action, stop.url) for stop in stops] == [(round_.reference, f"/rounds/{round_.reference}/")]
    assert RoundState(round_.state) is RoundState.COLLECTING
