"""Which runs, shares and bidders exist for whom."""

import pytest

from industry_brain.accounts.models import User
from industry_brain.awards.models import AwardRun, ProgressPoint
from industry_brain.awards.queries.runs import (
    MOST_POINTS,
    bidders_seen_by,
    file_of,
    get_first_share,
    points_of,
    rounds_to_award,
    runs_of_round,
    runs_seen_by,
    shares_seen_by,
)
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import NotFound
from industry_brain.rounds.models import Round
from tests.platform.factories.awards import AwardRunFactory

pytestmark = pytest.mark.django_db


def test_before_approval_only_operator_and_auditor_know_a_run(
    run: AwardRun, operator: User, auditor: User, member: User, supplier: User, analyst: User
) -> None:
    knows = [run in runs_seen_by(actor) for actor in (operator, auditor, member, supplier, analyst)]

    assert knows == [True, True, False, False, False]


def test_after_approval_everybody_concerned_knows_it(
    approved: AwardRun, member: User, supplier: User, rival: User, analyst: User
) -> None:
    assert all(approved in runs_seen_by(actor) for actor in (member, supplier, rival, analyst))


def test_a_member_without_a_share_does_not_know_it(approved: AwardRun, member: User) -> None:
    approved.shares.all().delete()

    assert approved not in runs_seen_by(member)


def test_shares_and_bidders_are_ones_own(
    approved: AwardRun, member: User, member_firm: Firm, supplier: User, supplier_firm: Firm, operator: User
) -> None:
    assert [share.member_id for share in shares_seen_by(approved, member)] == [member_firm.pk]
    assert list(bidders_seen_by(approved, supplier)) == [supplier_firm]
    assert (shares_seen_by(approved, operator).count(), bidders_seen_by(approved, operator).count()) == (2, 2)
    assert get_first_share(approved, operator) is None


def test_rounds_to_award_are_opened_ones_of_ones_own(round_: Round, operator: User, auditor: User) -> None:
    assert list(rounds_to_award(operator)) == [round_]
    assert list(rounds_to_award(auditor)) == []


def test_runs_of_a_round(run: AwardRun, operator: User) -> None:
    AwardRunFactory(round__operator=run.round.operator)

    assert list(runs_of_round(run.round, seen_by=operator)) == [run]


def test_a_long_search_is_thinned_out_and_keeps_its_end() -> None:
    run = AwardRunFactory()
    points = [ProgressPoint(run=run, milliseconds=number) for number in range(3 * MOST_POINTS + 7)]
    ProgressPoint.objects.bulk_create(points)

    shown = [point.milliseconds for point in points_of(run)]

    assert len(shown) <= MOST_POINTS + 1
    assert (shown[0], shown[-1]) == (0, 3 * MOST_POINTS + 6)


def test_a_run_without_points_has_no_course() -> None:
    assert points_of(AwardRunFactory()) == []


@pytest.mark.parametrize("kind", ["secret", "round", "failure"])
def test_only_known_files_that_are_there_exist(kind: str) -> None:
    with pytest.raises(NotFound):
        file_of(AwardRunFactory(), kind)
