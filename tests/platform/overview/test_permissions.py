import pytest

from industry_brain.accounts.models import User
from industry_brain.accounts.states import Role
from industry_brain.overview.permissions import may_read_record
from tests.platform.factories.accounts import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "may"),
    [("operator", True), ("auditor", True), ("member", False), ("supplier", False), ("analyst", False)],
)
def test_who_reads_the_record(who: str, may: bool, request: pytest.FixtureRequest) -> None:
    assert may_read_record(request.getfixturevalue(who)) is may


def test_an_operator_beside_others_does_not_read_the_record(
    operator: User, second_operator: User, auditor: User
) -> None:
    assert may_read_record(second_operator)

    MembershipFactory(role=Role.OPERATOR)

    assert not may_read_record(operator)
    assert may_read_record(auditor)
