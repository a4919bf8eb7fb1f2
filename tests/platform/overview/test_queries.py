from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from industry_brain.accounts.models import User
from industry_brain.awards.models import AwardRun
from industry_brain.firms.models import Firm
from industry_brain.overview.queries import awarded_rounds, cluster_figures, rounds_to_look_at, search
from industry_brain.rounds.states import RoundState
from tests.platform.factories.awards import ApprovalFactory, AwardRunFactory, ShareFactory
from tests.platform.factories.moments import AFTER_BIDS
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


def awarded(number: int) -> AwardRun:
    at = AFTER_BIDS + timedelta(days=number)
    round_ = RoundFactory(opened=True, state=RoundState.AWARDED, awarded_at=at, standstill_until=at)
    run = AwardRunFactory(proved=True, round=round_, approved_at=at)
    ApprovalFactory.create_batch(2, run=run)
    ShareFactory(run=run)
    return run


def test_the_first_page_draws_the_last_twelve_awarded_rounds(auditor: User) -> None:
    runs = [awarded(number) for number in range(14)]

    figures = awarded_rounds(seen_by=auditor)

    assert [row.round for row in figures] == [run.round for run in runs[2:]]
    assert {(row.quantity, row.paid, row.alone) for row in figures} == {(10_000_000, 100_000, 120_000)}
    assert cluster_figures().traded == 14 * 100_000


def test_the_first_page_does_not_read_the_files_of_awards(auditor: User) -> None:
    awarded(1)

    with CaptureQueriesContext(connection) as asked:
        awarded_rounds(seen_by=auditor)
        cluster_figures()

    assert not [query["sql"] for query in asked if "_file" in query["sql"]]


def test_an_award_signed_by_one_person_does_not_count(auditor: User) -> None:
    awarded(1).approvals.all()[0].delete()

    assert awarded_rounds(seen_by=auditor) == []
