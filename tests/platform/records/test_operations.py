import pytest
from django.db import DatabaseError, transaction

from industry_brain.accounts.models import User
from industry_brain.records.chain import GENESIS
from industry_brain.records.models import Head, Record
from industry_brain.records.operations import record
from industry_brain.records.queries import check
from tests.platform.factories.moments import NOW
from tests.platform.factories.rounds import RoundFactory

pytestmark = pytest.mark.django_db


def three_records(operator: User) -> None:
    round_ = RoundFactory(reference="R-2026-0007")
    for number in range(3):
        record("rounds.test", round_, actor=operator, at=NOW, number=number)


def test_records_are_chained_in_order(operator: User) -> None:
    three_records(operator)

    rows = list(Record.objects.order_by("number"))
    assert [(r.number, r.actor, r.subject, r.facts) for r in rows] == [
        (n + 1, "lin", "R-2026-0007", {"number": n}) for n in range(3)
    ]
    assert [r.previous_sha256 for r in rows] == [GENESIS, rows[0].sha256, rows[1].sha256]
    assert (check().length, check().broken_at) == (3, None)


def test_a_record_goes_with_its_transaction(operator: User) -> None:
    with transaction.atomic():
        three_records(operator)
        transaction.set_rollback(True)

    assert (Record.objects.count(), check().broken_at) == (0, None)


@pytest.mark.parametrize("harm", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_records(operator: User, harm: str) -> None:
    three_records(operator)
    rows = Record.objects.filter(number=2)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.delete() if harm == "delete" else rows.update(actor="somebody")

    assert check().broken_at is None


def test_cutting_off_the_end_is_noticed(operator: User) -> None:
    three_records(operator)
    second = Record.objects.get(number=2)
    Head.objects.update(number=2, sha256=second.sha256)

    assert check().broken_at == 4


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_a_programmers_mistake(operator: User) -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        record("rounds.test", RoundFactory(), actor=operator, at=NOW)
