"""Sharing the bill of an award that was kept without shares."""

from datetime import timedelta

import pytest

from industry_brain.accounts.models import User
from industry_brain.awards.models import AwardRun, ListPrice, Share
from industry_brain.awards.operations import (
    approve_award,
    carry_out_sharing,
    set_award_aside,
    share_award,
)
from industry_brain.kernel.errors import NotAllowed, WrongState
from industry_brain.records.models import Record
from tests.platform.awards.conftest import now
from tests.platform.factories.moments import AFTER_BIDS

pytestmark = pytest.mark.django_db


def test_an_award_without_shares_cannot_be_approved(unshared: AwardRun, operator: User) -> None:
    with pytest.raises(WrongState) as refused:
        approve_award(unshared, reason="cheapest and fair", actor=operator, at=AFTER_BIDS)

    assert refused.value.code == "not_shared"


def test_a_second_try_shares_the_bill_and_leaves_the_award_alone(unshared: AwardRun, operator: User) -> None:
    share_award(unshared, actor=operator, at=AFTER_BIDS)
    carry_out_sharing(unshared.pk, now=now)

    run = AwardRun.objects.get(pk=unshared.pk)
    assert (run.is_shared, run.is_stable, run.unshared, run.sharing_asked_at) == (True, True, "", None)
    assert (run.award_file, run.comparisons) == (unshared.award_file, unshared.comparisons)
    assert sum(share.payment for share in Share.objects.filter(run=run)) == run.landed_cost
    assert [share.quantity for share in Share.objects.filter(run=run)] == [100_000_000] * 2
    assert ListPrice.objects.filter(run=run).count() == 2
    assert Record.objects.filter(subject=run.reference, action="awards.carry_out_sharing").count() == 1
    assert approve_award(run, reason="cheapest and fair", actor=operator, at=AFTER_BIDS)


def test_carrying_out_twice_shares_once(unshared: AwardRun) -> None:
    for _twice in range(2):
        carry_out_sharing(unshared.pk, now=now)

    assert Share.objects.filter(run=unshared).count() == 2


def test_nothing_is_shared_for_an_award_that_was_set_aside(unshared: AwardRun, operator: User) -> None:
    set_award_aside(unshared, reason="a capacity was misread", actor=operator, at=AFTER_BIDS)

    carry_out_sharing(unshared.pk, now=now)

    assert not Share.objects.filter(run=unshared).exists()


def test_a_shared_bill_is_not_shared_again(run: AwardRun, operator: User) -> None:
    with pytest.raises(WrongState) as refused:
        share_award(run, actor=operator, at=AFTER_BIDS)

    assert refused.value.code == "shared_already"


def test_one_asks_once_and_again_when_no_answer_came(unshared: AwardRun, operator: User) -> None:
    share_award(unshared, actor=operator, at=AFTER_BIDS)
    with pytest.raises(WrongState) as refused:
        share_award(unshared, actor=operator, at=AFTER_BIDS + timedelta(minutes=5))

    assert refused.value.code == "in_progress"
    assert share_award(unshared, actor=operator, at=AFTER_BIDS + timedelta(minutes=31))


def test_sharing_is_asked_for_by_the_operators_people(
    unshared: AwardRun, member: User, auditor: User
) -> None:
    for stranger in (member, auditor):
        with pytest.raises(NotAllowed):
            share_award(unshared, actor=stranger, at=AFTER_BIDS)
