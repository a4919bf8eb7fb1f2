import pytest

from industry_brain.accounts.models import User
from industry_brain.firms.models import Firm
from industry_brain.overview.queries import cluster_figures, rounds_to_look_at, search
from industry_brain.rounds.states import RoundState
from tests.platform.factories.rounds import RoundFactory

pytestmark = pytest.mark.django_db


def test_an_empty_cluster_has_bought_nothing(member_firm: Firm) -> None:
    figures = cluster_figures()

    assert (figures.members, figures.bought, figures.traded, figures.saved, figures.saved_ppm) == (
        1,
        0,
        0,
        0,
        0,
    )


def test_drafts_wait_for_the_operator_alone(operator: User, member: User) -> None:
    draft = RoundFactory(operator=operator.organisations.get())

    assert list(rounds_to_look_at(operator)) == [draft]
    assert list(rounds_to_look_at(member)) == []


def test_rounds_that_have_ended_wait_for_nobody(operator: User) -> None:
    RoundFactory(operator=operator.organisations.get(), state=RoundState.CANCELLED, cancel_reason="no demand")

    assert list(rounds_to_look_at(operator)) == []


def test_search_finds_only_what_the_person_may_see(
    member: User, member_firm: Firm, second_member_firm: Firm, supplier_firm: Firm
) -> None:
    draft = RoundFactory(title=f"{member_firm.name}的草稿")

    mine = search(member_firm.name, seen_by=member)
    theirs = search(second_member_firm.name, seen_by=member)

    assert (mine.firms, theirs.firms) == ([member_firm], [])
    assert draft not in mine.rounds
    assert search(supplier_firm.name_en, seen_by=member).firms == [supplier_firm]
