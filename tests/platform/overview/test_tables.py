import re
from pathlib import Path

import pytest

import industry_brain
from industry_brain.accounts.models import User
from industry_brain.overview.tables import OPERATIONS, next_steps, operation_name, tour
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


def test_every_operation_that_is_recorded_has_words() -> None:
    recorded = re.compile(r'\brecord\(\s*"([a-z_.]+)"')
    source = "".join(p.read_text() for p in Path(industry_brain.__path__[0]).rglob("*.py"))

    assert set(recorded.findall(source)) == set(OPERATIONS)
    assert operation_name("bids.open_bids") == "Bids opened"
    assert operation_name("later.operation") == "later.operation"
