"""The database refuses to change records, in every test that commits, however often it was flushed."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from industry_brain.accounts.models import User
from industry_brain.records.models import Record
from industry_brain.records.operations import record

NOON = datetime(2026, 4, 1, 4, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_of_tests", [1, 2])
def test_a_committed_record_is_neither_changed_nor_deleted(round_of_tests: int, operator: User) -> None:
    with transaction.atomic():
        record("accounts.give_role", operator, actor=operator, at=NOON)

    with pytest.raises(DatabaseError, match="append-only"):
        Record.objects.update(action="accounts.take_role")
    with pytest.raises(DatabaseError, match="append-only"):
        Record.objects.all().delete()
    assert list(Record.objects.values_list("action", flat=True)) == ["accounts.give_role"]
