"""Everything that changes people and what they may do."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import ApiToken, Membership, Organisation, User
from industry_brain.accounts.permissions import may_manage_people
from industry_brain.accounts.states import Role
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import Conflict, Invalid
from industry_brain.kernel.numbering import next_reference
from industry_brain.records.operations import record


@transaction.atomic
def found_platform(
    *, username: str, name: str, name_en: str, password: str, operator: str, operator_en: str, at: datetime
) -> User:
    """Create the operator and its first person; possible only while there is nobody."""
    if User.objects.exists():
        raise Conflict(
            _("The platform already has people; ask an operator to admit you."), code="already_founded"
        )
    organisation = Organisation.objects.create(
        reference=next_reference("O"), name=operator, name_en=operator_en
    )
    user = _new_user(username=username, name=name, name_en=name_en, password=password)
    Membership.objects.create(user=user, organisation=organisation, role=Role.OPERATOR)
    record("accounts.found_platform", organisation, actor=user, at=at, user=username)
    return user


@transaction.atomic
def register_body(*, name: str, name_en: str, actor: User, at: datetime) -> Organisation:
    """Register a public body or operator; firms are registered in the firms context."""
    require(may_manage_people, actor, None)
    organisation = Organisation.objects.create(reference=next_reference("O"), name=name, name_en=name_en)
    record("accounts.register_body", organisation, actor=actor, at=at, name=name)
    return organisation


@transaction.atomic
def admit_person(
    organisation: Organisation,
    *,
    username: str,
    name: str,
    name_en: str = "",
    password: str,
    roles: tuple[Role, ...],
    actor: User,
    at: datetime,
) -> User:
    """Create a person who acts for an organisation in the given roles."""
    require(may_manage_people, actor, organisation)
    if User.objects.filter(username__iexact=username).exists():
        raise Invalid(
            _("The user name {username} is taken. Choose another."), code="username_taken", username=username
        )
    user = _new_user(username=username, name=name, name_en=name_en, password=password)
    for role in roles:
        Membership.objects.create(user=user, organisation=organisation, role=role)
    record("accounts.admit_person", organisation, actor=actor, at=at, user=username, roles=[*map(str, roles)])
    return user


@transaction.atomic
def give_role(user: User, *, organisation: Organisation, role: Role, actor: User, at: datetime) -> Membership:
    """Let a person act for an organisation in one more role."""
    require(may_manage_people, actor, organisation)
    membership, _new = Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    record("accounts.give_role", organisation, actor=actor, at=at, user=user.username, role=str(role))
    return membership


@transaction.atomic
def change_password(user: User, *, new_password: str, actor: User, at: datetime) -> User:
    """Set the person's own new password; other sessions end."""
    if user.pk != actor.pk:
        require(may_manage_people, actor, user)
    _check_password(new_password, user)
    user.set_password(new_password)
    user.save(update_fields=["password"])
    record("accounts.change_password", user, actor=actor, at=at)
    return user


@transaction.atomic
def issue_token(user: User, *, label: str, actor: User, at: datetime) -> str:
    """Make a token for the person's own programs; the secret is shown this once."""
    if user.pk != actor.pk:
        require(may_manage_people, actor, user)
    secret = f"ib_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(user=user, label=label, sha256=token_digest(secret), created_at=at)
    record("accounts.issue_token", user, actor=actor, at=at, label=label)
    return secret


@transaction.atomic
def revoke_token(token: ApiToken, *, actor: User, at: datetime) -> ApiToken:
    """End a token at once."""
    if token.user_id != actor.pk:
        require(may_manage_people, actor, token.user)
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record("accounts.revoke_token", token.user, actor=actor, at=at, label=token.label)
    return token


def token_digest(secret: str) -> str:
    """Digest a token; its 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _new_user(*, username: str, name: str, name_en: str, password: str) -> User:
    user = User(username=username, name=name, name_en=name_en)
    _check_password(password, user)
    user.set_password(password)
    user.save()
    return user


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(
            _("The password will not do: {reasons}"), code="weak_password", reasons=" ".join(error.messages)
        ) from error
