import pytest

from industry_brain.accounts.models import User
from industry_brain.accounts.queries import get_organisation, get_user, people_seen_by, tokens_of
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import NotFound
from tests.platform.factories.accounts import ApiTokenFactory

pytestmark = pytest.mark.django_db


def test_operators_see_everybody_and_others_themselves(operator: User, member: User) -> None:
    assert [p.username for p in people_seen_by(operator)] == ["chen", "lin"]
    assert [p.username for p in people_seen_by(member)] == ["chen"]


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
