import pytest

from industry_brain.overview.permissions import may_read_record

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "may"),
    [("operator", True), ("auditor", True), ("member", False), ("supplier", False), ("analyst", False)],
)
def test_who_reads_the_record(who: str, may: bool, request: pytest.FixtureRequest) -> None:
    assert may_read_record(request.getfixturevalue(who)) is may
