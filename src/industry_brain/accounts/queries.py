"""Reading people and organisations."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import ApiToken, Organisation, User
from industry_brain.accounts.permissions import may_manage_people
from industry_brain.kernel.errors import NotFound


def get_user(username: str) -> User:
    """One person by user name, for the command line's ``--as``."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NotFound(_("There is no user {username}."), code="no_user", username=username)
    return user


def user_by_token(sha256: str) -> User | None:
    """The person for whom a token acts, unless it was revoked."""
    token = ApiToken.objects.select_related("user").filter(sha256=sha256, revoked_at=None).first()
    return token.user if token is not None and token.user.is_active else None


def tokens_of(actor: User) -> QuerySet[ApiToken]:
    """The actor's own tokens, newest first."""
    return ApiToken.objects.filter(user=actor).order_by("-created_at")


def people_seen_by(actor: User) -> QuerySet[User]:
    """Everybody for operators; oneself for everybody else."""
    people = User.objects.prefetch_related("memberships__organisation").order_by("username")
    return people if may_manage_people(actor) else people.filter(pk=actor.pk)


def get_organisation(reference: str) -> Organisation:
    """One organisation by its reference."""
    organisation = Organisation.objects.filter(reference=reference).first()
    if organisation is None:
        raise NotFound(
            _("There is no organisation {reference}."), code="no_organisation", reference=reference
        )
    return organisation
