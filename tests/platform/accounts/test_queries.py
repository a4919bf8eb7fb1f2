import pytest

from industry_brain.accounts.models import Organisation, User
from industry_brain.accounts.queries import (
    get_organisation,
    get_user,
    organisations_to_admit_for,
    people_seen_by,
    tokens_of,
)
from industry_brain.accounts.states import Role
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import NotFound
from tests.platform.factories.accounts import ApiTokenFactory, MembershipFactory, person

pytestmark = pytest.mark.django_db


def test_operators_see_everybody_and_others_their_colleagues(
    operator: User, member: User, member_firm: Firm, second_member: User
) -> None:
    person(Role.MEMBER, member_firm, "ma")

    assert [p.username for p in people_seen_by(operator)] == ["chen", "he", "lin", "ma"]
    assert [p.username for p in people_seen_by(member)] == ["chen", "ma"]
    assert [p.username for p in people_seen_by(second_member)] == ["he"]


def test_what_a_colleague_does_elsewhere_is_not_shown(
    member: User, member_firm: Firm, second_member_firm: Firm
) -> None:
    ma = person(Role.MEMBER, member_firm, "ma")
    MembershipFactory(user=ma, organisation=second_member_firm, role=Role.MEMBER)

    seen = people_seen_by(member).get(username="ma")

    assert [m.organisation_id for m in seen.memberships.all()] == [member_firm.pk]


def test_operators_are_offered_their_own_organisation_and_empty_ones(
    operator: User, member: User, second_member_firm: Firm, platform: Organisation
) -> None:
    own = member.memberships.get().organisation

    assert set(organisations_to_admit_for(operator)) == {
        platform,
        Organisation.objects.get(pk=second_member_firm.pk),
    }
    assert list(organisations_to_admit_for(member)) == [own]


def test_people_see_their_own_tokens(member: User, second_member: User) -> None:
    ApiTokenFactory(user=member)

    assert (tokens_of(member).count(), tokens_of(second_member).count()) == (1, 0)


def test_get_user_does_not_find_those_whose_access_ended(member: User) -> None:
    assert get_user("chen") == member
    User.objects.update(is_active=False)

    with pytest.raises(NotFound, match="no user chen"):
        get_user("chen")


def test_get_organisation_finds_firms_too(member_firm: Firm) -> None:
    assert get_organisation(member_firm.reference).pk == member_firm.pk
    with pytest.raises(NotFound):
        get_organisation("O-9999")
