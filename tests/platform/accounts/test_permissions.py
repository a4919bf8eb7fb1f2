import pytest

from industry_brain.accounts.models import Organisation, User
from industry_brain.accounts.permissions import acts_as, acts_for, may_manage_people, organisation_ids
from industry_brain.accounts.states import Role
from industry_brain.firms.models import Firm
from tests.platform.factories.accounts import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "may"),
    [("operator", True), ("member", False), ("supplier", False), ("analyst", False), ("auditor", False)],
)
def test_who_manages_people(who: str, may: bool, request: pytest.FixtureRequest) -> None:
    assert may_manage_people(request.getfixturevalue(who)) is may


def test_a_firm_may_be_member_and_supplier_at_once(member: User, member_firm: Firm) -> None:
    MembershipFactory(user=member, organisation=member_firm, role=Role.SUPPLIER)

    assert acts_as(member, Role.MEMBER)
    assert acts_as(member, Role.SUPPLIER)
    assert organisation_ids(member, Role.SUPPLIER) == (member_firm.pk,)


def test_a_role_in_one_organisation_is_none_in_another(
    member: User, second_member_firm: Firm, platform: Organisation
) -> None:
    assert not acts_for(member, second_member_firm.pk, Role.MEMBER)
    assert not acts_for(member, platform.pk, Role.OPERATOR)
