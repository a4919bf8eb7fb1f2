import pytest

from industry_brain.accounts.models import User
from industry_brain.kernel.errors import NotFound
from industry_brain.rounds import queries
from industry_brain.rounds.states import RoundState
from tests.platform.factories.rounds import ItemFactory, RoundFactory
from tests.platform.rounds.conftest import RoundAt

S = RoundState
PUBLISHED = set(S) - {S.DRAFT}
# Who knows of a round at which stages.
SEEN_AT = {
    "operator": set(S),
    "member": PUBLISHED,
    "analyst": PUBLISHED,
    "auditor": PUBLISHED,
    "supplier": {S.BIDDING, S.CLOSED, S.OPENED, S.AWARDING, S.AWARDED, S.FINAL},
    "rival": set(),
}


@pytest.mark.parametrize("state", RoundState)
def test_who_sees_a_round_at_each_stage(
    state: RoundState, people: dict[str, User], round_at: RoundAt
) -> None:
    round_at(state)

    seen = {who for who, actor in people.items() if queries.rounds_seen_by(actor).exists()}

    assert seen == {who for who, states in SEEN_AT.items() if state in states}


def test_a_round_that_may_not_be_seen_does_not_exist(people: dict[str, User], round_at: RoundAt) -> None:
    round_at(S.COLLECTING)

    for reference, who in (("R-2026-0001", "supplier"), ("R-2026-9999", "operator")):
        with pytest.raises(NotFound) as refused:
            queries.get_round(reference, seen_by=people[who])
        assert str(refused.value) == f"There is no round {reference}."


def test_find_rounds_narrows_by_state_category_and_words(people: dict[str, User], round_at: RoundAt) -> None:
    round_ = round_at(S.POOLED)
    RoundFactory(title="齿轮钢", title_en="Gear steel", collecting=True)
    ItemFactory(round=round_)
    actor = people["member"]

    found = queries.find_rounds(actor, state="pooled", category="bearing-steel", text="Bearing r-2026")

    assert [(r.pk, vars(r)["item_count"]) for r in found] == [(round_.pk, 1)]
    assert not queries.find_rounds(actor, text="copper").exists()
    assert not queries.find_rounds(actor, category="tools").exists()


def test_rounds_are_counted_by_state(people: dict[str, User], round_at: RoundAt) -> None:
    round_at(S.BIDDING)

    counts = queries.rounds_by_state(people["supplier"])

    assert {state: n for state, n in counts.items() if n} == {"bidding": 1}


def test_windows_within_hold_every_day_of_a_span(round_at: RoundAt) -> None:
    round_ = round_at(S.COLLECTING)
    window = round_.windows.get()

    assert list(queries.windows_within(round_, window.starts_on, window.ends_on)) == [window]
    assert not queries.windows_within(round_, window.starts_on, window.ends_on.replace(year=2028)).exists()
    with pytest.raises(NotFound):
        queries.get_window(round_, "late")
