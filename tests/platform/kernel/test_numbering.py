import pytest
from django.db import transaction

from industry_brain.kernel.numbering import next_reference

pytestmark = pytest.mark.django_db


def test_references_count_up_within_their_prefix() -> None:
    given = [next_reference("R-2026"), next_reference("R-2026"), next_reference("F")]

    assert given == ["R-2026-0001", "R-2026-0002", "F-0001"]


def test_a_number_rolled_back_is_given_again() -> None:
    with transaction.atomic():
        next_reference("R-2026")
        transaction.set_rollback(True)

    assert next_reference("R-2026") == "R-2026-0001"
