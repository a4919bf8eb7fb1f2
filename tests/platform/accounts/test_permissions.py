import pytest

from industry_brain.accounts.models import Organisation, User
from industry_brain.accounts.permissions import (
    acted_since,
    acts_as,
    acts_for,
    may_admit,
    may_hold_keys,
    may_register_bodies,
    may_see_people,
    organisation_ids,
)
from industry_brain.accounts.states import Role
from industry_brain.firms.models import Firm
from tests.platform.factories.accounts import MembershipFactory, UserFactory
from tests.platform.factories.moments import LONG_AGO, NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["operator", "member", "supplier", "analyst", "auditor"])
def test_everybody_who_acts_for_somebody_sees_people(who: str, request: pytest.FixtureRequest) -> None:
    assert may_see_people(request.getfixturevalue(who))


def test_who_acts_for_nobody_sees_no_people(db: None) -> None:
    assert not may_see_people(UserFactory())


def test_an_organisations_people_admit_and_an_operator_only_the_first(
    operator: User, member: User, member_firm: Firm, second_member_firm: Firm, platform: Organisation
) -> None:
    assert may_admit(member, member_firm)
    assert may_admit(operator, platform)
    assert may_admit(operator, second_member_firm)
    assert not may_admit(operator, member_firm)
    assert not may_admit(member, second_member_firm)


def test_only_operators_register_bodies(operator: User, member: User) -> None:
    assert may_register_bodies(operator)
    assert not may_register_bodies(member)


def test_nobody_holds_the_keys_of_another(operator: User, member: User) -> None:
    assert may_hold_keys(member, member)
    assert not may_hold_keys(operator, member)


def test_a_membership_counts_from_its_beginning(platform: Organisation) -> None:
    new = MembershipFactory(organisation=platform, created_at=NOW).user

    assert acted_since(new, platform.pk, Role.OPERATOR, NOW)
    assert not acted_since(new, platform.pk, Role.OPERATOR, LONG_AGO)
    assert not acted_since(new, platform.pk, Role.AUDITOR, NOW)


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
