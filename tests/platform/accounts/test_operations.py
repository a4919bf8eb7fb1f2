import pytest

from industry_brain.accounts.models import ApiToken, Membership, Organisation, User
from industry_brain.accounts.operations import (
    admit_person,
    change_password,
    found_platform,
    give_role,
    issue_token,
    register_body,
    revoke_token,
    token_digest,
)
from industry_brain.accounts.queries import user_by_token
from industry_brain.accounts.states import Role
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import Conflict, Invalid, NotAllowed
from industry_brain.records.models import Record
from tests.platform.factories.moments import NOW

pytestmark = pytest.mark.django_db
GOOD = "three wagons of steel"


def found() -> User:
    return found_platform(
        username="lin", name="林", name_en="Lin", password=GOOD, operator="运营", operator_en="Ops", at=NOW
    )


def test_found_platform_makes_the_first_operator() -> None:
    user = found()

    membership = Membership.objects.get(user=user)
    assert (membership.role, membership.organisation.reference) == (Role.OPERATOR, "O-0001")
    assert user.check_password(GOOD)


def test_found_platform_refuses_once_there_is_somebody() -> None:
    found()

    with pytest.raises(Conflict, match="already has people"):
        found()


def test_register_body_gives_it_a_reference(operator: User) -> None:
    body = register_body(name="经信局", name_en="Bureau", actor=operator, at=NOW)

    assert Organisation.objects.get(reference=body.reference).name == "经信局"


def test_admit_person_lets_somebody_act_in_several_roles(operator: User, member_firm: Firm) -> None:
    roles = (Role.MEMBER, Role.SUPPLIER)

    user = admit_person(
        member_firm, username="chen", name="陈", password=GOOD, roles=roles, actor=operator, at=NOW
    )

    assert set(user.memberships.values_list("role", flat=True)) == {"member", "supplier"}
    assert Record.objects.latest("number").facts == {"user": "chen", "roles": ["member", "supplier"]}


def test_admit_person_refuses_everybody_but_operators(member: User, member_firm: Firm) -> None:
    with pytest.raises(NotAllowed):
        admit_person(member_firm, username="x", name="x", password=GOOD, roles=(), actor=member, at=NOW)


def test_admit_person_refuses_a_taken_name_in_any_case(operator: User, member_firm: Firm) -> None:
    with pytest.raises(Invalid, match="LIN is taken"):
        admit_person(member_firm, username="LIN", name="x", password=GOOD, roles=(), actor=operator, at=NOW)


@pytest.mark.parametrize("password", ["short", "123456789012", "password1234"])
def test_admit_person_refuses_weak_passwords(operator: User, member_firm: Firm, password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        admit_person(member_firm, username="x", name="x", password=password, roles=(), actor=operator, at=NOW)

    assert refusal.value.code == "weak_password"
    assert not User.objects.filter(username="x").exists()


def test_give_role_adds_one_role_once(operator: User, member: User, member_firm: Firm) -> None:
    for _twice in range(2):
        give_role(member, organisation=member_firm, role=Role.SUPPLIER, actor=operator, at=NOW)

    assert member.memberships.count() == 2


def test_people_change_their_own_password_and_nobody_elses(member: User, second_member: User) -> None:
    change_password(member, new_password=GOOD, actor=member, at=NOW)

    assert User.objects.get(pk=member.pk).check_password(GOOD)
    with pytest.raises(NotAllowed):
        change_password(member, new_password=GOOD, actor=second_member, at=NOW)


def test_a_token_acts_for_its_person_until_it_is_revoked(member: User) -> None:
    secret = issue_token(member, label="ERP", actor=member, at=NOW)
    assert user_by_token(token_digest(secret)) == member

    revoke_token(ApiToken.objects.get(), actor=member, at=NOW)

    assert user_by_token(token_digest(secret)) is None


def test_only_the_digest_of_a_token_is_kept(member: User) -> None:
    secret = issue_token(member, label="ERP", actor=member, at=NOW)

    kept = [str(row) for row in ApiToken.objects.values_list("label", "sha256")]
    assert secret not in "".join([*kept, *map(str, Record.objects.values_list("facts", flat=True))])


def test_strangers_revoke_nothing(member: User, second_member: User) -> None:
    issue_token(member, label="ERP", actor=member, at=NOW)

    with pytest.raises(NotAllowed):
        revoke_token(ApiToken.objects.get(), actor=second_member, at=NOW)
