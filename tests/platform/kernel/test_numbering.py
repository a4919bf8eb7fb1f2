from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import timezone

from industry_brain.kernel.numbering import next_reference, of_year

pytestmark = pytest.mark.django_db


def test_references_count_up_within_their_prefix() -> None:
    given = [next_reference("R-2026"), next_reference("R-2026"), next_reference("F")]

    assert given == ["R-2026-0001", "R-2026-0002", "F-0001"]


def test_a_number_rolled_back_is_given_again() -> None:
    with transaction.atomic():
        next_reference("R-2026")
        transaction.set_rollback(True)

    assert next_reference("R-2026") == "R-2026-0001"


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC"])
def test_a_reference_bears_the_year_of_the_platform_s_place_whoever_looks(zone: str) -> None:
    with timezone.override(zone):
        given = [of_year("R", datetime(2026, 12, 31, hour, 30, tzinfo=UTC)) for hour in (15, 16)]

    assert given == ["R-2026", "R-2027"]
