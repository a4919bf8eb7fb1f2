from datetime import timedelta

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
from tests.platform.factories.firms import FirmFactory, SupplierFactory
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


def test_admit_person_lets_somebody_act_in_several_roles(operator: User) -> None:
    member_firm = FirmFactory(is_supplier=True)
    roles = (Role.MEMBER, Role.SUPPLIER)

    user = admit_person(
        member_firm, username="chen", name="陈", password=GOOD, roles=roles, actor=operator, at=NOW
    )

    assert set(user.memberships.values_list("role", flat=True)) == {"member", "supplier"}
    assert Record.objects.latest("number").facts == {"user": "chen", "roles": ["member", "supplier"]}


def admit(organisation: Organisation, *roles: Role, actor: User, username: str = "x") -> User:
    return admit_person(
        organisation, username=username, name="x", password=GOOD, roles=roles, actor=actor, at=NOW
    )


def test_an_operator_admits_only_the_first_person_of_an_organisation(
    operator: User, second_operator: User, member_firm: Firm
) -> None:
    admit(member_firm, Role.MEMBER, actor=operator)

    for actor in (operator, second_operator):
        with pytest.raises(NotAllowed, match="Only people of"):
            admit(member_firm, Role.MEMBER, actor=actor, username="ghost")
    assert not User.objects.filter(username="ghost").exists()


def test_people_admit_colleagues_into_roles_they_hold(member: User) -> None:
    firm = member.memberships.get().organisation
    Firm.objects.update(is_supplier=True)

    admit(firm, Role.MEMBER, actor=member)

    with pytest.raises(NotAllowed, match="do not hold that role"):
        admit(firm, Role.SUPPLIER, actor=member, username="y")


@pytest.mark.parametrize("who", ["member", "supplier", "analyst", "auditor"])
def test_strangers_admit_nobody(who: str, second_member_firm: Firm, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotAllowed):
        admit(second_member_firm, Role.MEMBER, actor=request.getfixturevalue(who))


@pytest.mark.parametrize("role", [Role.SUPPLIER, Role.OPERATOR, Role.AUDITOR])
def test_people_of_a_firm_act_only_as_what_the_firm_is(operator: User, member_firm: Firm, role: Role) -> None:
    with pytest.raises(Invalid, match="does not suit"):
        admit(member_firm, role, actor=operator)


def test_no_second_operator_organisation_is_made_by_admitting(operator: User, bureau: Organisation) -> None:
    with pytest.raises(NotAllowed) as refusal:
        admit(bureau, Role.OPERATOR, actor=operator)

    assert refusal.value.code == "role_not_held"


def test_operators_admit_operators_into_their_own_organisation(
    operator: User, platform: Organisation
) -> None:
    colleague = admit(platform, Role.OPERATOR, actor=operator)

    assert Membership.objects.get(user=colleague).created_at == NOW


def test_admit_person_wants_a_role(operator: User, member_firm: Firm) -> None:
    with pytest.raises(Invalid, match="at least one role"):
        admit(member_firm, actor=operator)


def test_admit_person_refuses_a_taken_name_in_any_case(operator: User, member_firm: Firm) -> None:
    with pytest.raises(Invalid, match="LIN is taken"):
        admit(member_firm, Role.MEMBER, actor=operator, username="LIN")


@pytest.mark.parametrize("password", ["short", "123456789012", "password1234"])
def test_admit_person_refuses_weak_passwords(operator: User, member_firm: Firm, password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        admit_person(
            member_firm,
            username="x",
            name="x",
            password=password,
            roles=(Role.MEMBER,),
            actor=operator,
            at=NOW,
        )

    assert refusal.value.code == "weak_password"
    assert not User.objects.filter(username="x").exists()


def test_give_role_adds_one_role_once(member: User, second_member: User, member_firm: Firm) -> None:
    for _twice in range(2):
        give_role(second_member, organisation=member_firm, role=Role.MEMBER, actor=member, at=NOW)

    assert second_member.memberships.count() == 2


def test_nobody_gives_themselves_a_role(operator: User) -> None:
    with pytest.raises(Invalid, match="Nobody gives themselves"):
        give_role(operator, organisation=SupplierFactory(), role=Role.SUPPLIER, actor=operator, at=NOW)
    assert operator.memberships.count() == 1


def test_an_operator_has_no_say_in_the_keys_of_others(operator: User, member: User) -> None:
    issue_token(member, label="ERP", actor=member, at=NOW)

    with pytest.raises(NotAllowed):
        change_password(member, new_password=GOOD, actor=operator, at=NOW)
    with pytest.raises(NotAllowed):
        issue_token(member, label="spy", actor=operator, at=NOW)
    with pytest.raises(NotAllowed):
        revoke_token(ApiToken.objects.get(), actor=operator, at=NOW)


def test_a_new_password_ends_all_tokens_of_the_person(member: User, second_member: User) -> None:
    mine = issue_token(member, label="ERP", actor=member, at=NOW)
    other = issue_token(second_member, label="ERP", actor=second_member, at=NOW)

    change_password(member, new_password=GOOD, actor=member, at=NOW)

    assert user_by_token(token_digest(mine), at=NOW) is None
    assert user_by_token(token_digest(other), at=NOW) == second_member


def test_a_token_lives_for_a_year(member: User) -> None:
    digest = token_digest(issue_token(member, label="ERP", actor=member, at=NOW))

    assert user_by_token(digest, at=NOW + timedelta(days=364)) == member
    assert user_by_token(digest, at=NOW + timedelta(days=365)) is None


def test_people_change_their_own_password_and_nobody_elses(member: User, second_member: User) -> None:
    change_password(member, new_password=GOOD, actor=member, at=NOW)

    assert User.objects.get(pk=member.pk).check_password(GOOD)
    with pytest.raises(NotAllowed):
        change_password(member, new_password=GOOD, actor=second_member, at=NOW)


def test_a_token_acts_for_its_person_until_it_is_revoked(member: User) -> None:
    secret = issue_token(member, label="ERP", actor=member, at=NOW)
    assert user_by_token(token_digest(secret), at=NOW) == member

    revoke_token(ApiToken.objects.get(), actor=member, at=NOW)

    assert user_by_token(token_digest(secret), at=NOW) is None


def test_only_the_digest_of_a_token_is_kept(member: User) -> None:
    secret = issue_token(member, label="ERP", actor=member, at=NOW)

    kept = [str(row) for row in ApiToken.objects.values_list("label", "sha256")]
    assert secret not in "".join([*kept, *map(str, Record.objects.values_list("facts", flat=True))])


def test_strangers_revoke_nothing(member: User, second_member: User) -> None:
    issue_token(member, label="ERP", actor=member, at=NOW)

    with pytest.raises(NotAllowed):
        revoke_token(ApiToken.objects.get(), actor=second_member, at=NOW)
