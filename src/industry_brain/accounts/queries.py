"""Reading people and organisations."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import ApiToken, Membership, Organisation, User
from industry_brain.accounts.permissions import acts_as, memberships_of
from industry_brain.accounts.states import Role
from industry_brain.kernel.errors import NotFound


def get_user(username: str) -> User:
    """One person by user name, for the command line's ``--as``."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NotFound(_("There is no user {username}."), code="no_user", username=username)
    return user


def user_by_token(sha256: str, *, at: datetime) -> User | None:
    """The person for whom a token acts, unless it was revoked or has expired."""
    valid = ApiToken.objects.filter(sha256=sha256, revoked_at=None, expires_at__gt=at)
    token = valid.select_related("user").first()
    return token.user if token is not None and token.user.is_active else None


def tokens_of(actor: User) -> QuerySet[ApiToken]:
    """The actor's own tokens, newest first."""
    return ApiToken.objects.filter(user=actor).order_by("-created_at")


def people_seen_by(actor: User) -> QuerySet[User]:
    """Everybody for operators; for everybody else oneself and the people of one's own organisations.

    Of a colleague only what they do for the common organisations is shown.
    """
    memberships = Membership.objects.select_related("organisation").order_by("pk")
    people = User.objects.order_by("username")
    if not acts_as(actor, Role.OPERATOR):
        own = {m.organisation_id for m in memberships_of(actor)}
        memberships = memberships.filter(organisation__in=own)
        people = people.filter(Q(pk=actor.pk) | Q(pk__in=memberships.order_by().values("user")))
    return people.prefetch_related(Prefetch("memberships", queryset=memberships))


def organisations_to_admit_for(actor: User) -> QuerySet[Organisation]:
    """One's own organisations, and for operators those that have nobody yet."""
    own = Q(pk__in={m.organisation_id for m in memberships_of(actor)})
    found = own | Q(memberships=None) if acts_as(actor, Role.OPERATOR) else own
    return Organisation.objects.filter(found).order_by("reference").distinct()


def get_organisation(reference: str) -> Organisation:
    """One organisation by its reference."""
    organisation = Organisation.objects.filter(reference=reference).first()
    if organisation is None:
        raise NotFound(
            _("There is no organisation {reference}."), code="no_organisation", reference=reference
        )
    return organisation


def operator_organisations() -> int:
    """How many organisations have somebody who acts as operator."""
    operators = Membership.objects.filter(role=Role.OPERATOR)
    return operators.values("organisation").distinct().count()
