import pytest

from industry_brain.accounts.kinds import BODY_ROLES, register_kind, suitable_roles
from industry_brain.accounts.models import Organisation
from industry_brain.accounts.states import Role
from industry_brain.firms.models import Firm
from industry_brain.firms.permissions import roles_in_firm

pytestmark = pytest.mark.django_db


def test_what_no_context_claims_is_a_body(bureau: Organisation) -> None:
    assert suitable_roles(bureau) == BODY_ROLES


def test_firms_tell_their_own_roles_once(member_firm: Firm) -> None:
    register_kind(roles_in_firm)

    organisation = Organisation.objects.get(pk=member_firm.pk)
    assert suitable_roles(organisation) == {Role.MEMBER}
