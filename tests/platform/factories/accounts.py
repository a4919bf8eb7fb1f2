"""People, organisations and who acts for whom."""

import factory

from industry_brain.accounts.models import ApiToken, Membership, Organisation, User
from industry_brain.accounts.operations import token_digest
from industry_brain.accounts.states import Role
from tests.platform.factories.moments import FAR_OFF, LONG_AGO, NOW


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    reference = factory.Sequence(lambda n: f"O-{9000 + n}")
    name = factory.Sequence(lambda n: f"机构{n}")
    name_en = factory.Sequence(lambda n: f"Body {n}")


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"用户{n}")
    name_en = factory.Sequence(lambda n: f"User {n}")
    password = "!"


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.OPERATOR
    created_at = LONG_AGO


class ApiTokenFactory(factory.django.DjangoModelFactory[ApiToken]):
    """A token whose secret is ``ib_test``, unless another is given by ``sha256``."""

    class Meta:
        model = ApiToken

    user = factory.SubFactory(UserFactory)
    label = "tests"
    sha256 = token_digest("ib_test")
    created_at = NOW
    expires_at = FAR_OFF


def person(role: Role, organisation: Organisation, username: str) -> User:
    """Make somebody who acts for the organisation in the role; the same organisation may have several."""
    user = UserFactory(username=username)
    MembershipFactory(user=user, organisation=organisation, role=role)
    return user
