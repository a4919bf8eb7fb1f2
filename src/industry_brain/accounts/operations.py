"""Everything that changes people and what they may do."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.kinds import suitable_roles
from industry_brain.accounts.models import ApiToken, Membership, Organisation, User
from industry_brain.accounts.permissions import may_admit, may_hold_keys, may_register_bodies, roles_in
from industry_brain.accounts.states import Role
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import Conflict, Invalid, NotAllowed
from industry_brain.kernel.lifecycle import lock
from industry_brain.kernel.numbering import next_reference
from industry_brain.records.operations import record

TOKEN_LIFE = timedelta(days=365)


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
    Membership.objects.create(user=user, organisation=organisation, role=Role.OPERATOR, created_at=at)
    record("accounts.found_platform", organisation, actor=user, at=at, user=username)
    return user


@transaction.atomic
def register_body(*, name: str, name_en: str, actor: User, at: datetime) -> Organisation:
    """Register a public body or operator; firms are registered in the firms context."""
    require(may_register_bodies, actor, None)
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
    """Create a person who acts for an organisation in the given roles.

    Its own people admit colleagues into roles they hold themselves; an operator admits the
    first person of an organisation that has none, and nobody after that.
    """
    _require_admission(organisation, roles, actor)
    if User.objects.filter(username__iexact=username).exists():
        raise Invalid(
            _("The user name {username} is taken. Choose another."), code="username_taken", username=username
        )
    user = _new_user(username=username, name=name, name_en=name_en, password=password)
    for role in roles:
        Membership.objects.create(user=user, organisation=organisation, role=role, created_at=at)
    record("accounts.admit_person", organisation, actor=actor, at=at, user=username, roles=[*map(str, roles)])
    return user


@transaction.atomic
def give_role(user: User, *, organisation: Organisation, role: Role, actor: User, at: datetime) -> Membership:
    """Let a person act for an organisation in one more role; nobody gives themselves one."""
    _require_admission(organisation, (role,), actor)
    if user.pk == actor.pk:
        raise Invalid(
            _("Nobody gives themselves a role; ask somebody of {organisation}."),
            code="own_role",
            organisation=organisation,
        )
    membership, _new = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, defaults={"created_at": at}
    )
    record("accounts.give_role", organisation, actor=actor, at=at, user=user.username, role=str(role))
    return membership


@transaction.atomic
def change_password(user: User, *, new_password: str, actor: User, at: datetime) -> User:
    """Set the person's own new password; other sessions end, and so do all tokens."""
    require(may_hold_keys, actor, user)
    _check_password(new_password, user)
    user.set_password(new_password)
    user.save(update_fields=["password"])
    ended = ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    record("accounts.change_password", user, actor=actor, at=at, tokens_ended=ended)
    return user


@transaction.atomic
def issue_token(user: User, *, label: str, actor: User, at: datetime) -> str:
    """Make a token for the person's own programs; the secret is shown this once and lives for a year."""
    require(may_hold_keys, actor, user)
    secret = f"ib_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(
        user=user, label=label, sha256=token_digest(secret), created_at=at, expires_at=at + TOKEN_LIFE
    )
    record("accounts.issue_token", user, actor=actor, at=at, label=label)
    return secret


@transaction.atomic
def revoke_token(token: ApiToken, *, actor: User, at: datetime) -> ApiToken:
    """End a token at once."""
    require(may_hold_keys, actor, token.user)
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record("accounts.revoke_token", token.user, actor=actor, at=at, label=token.label)
    return token


def token_digest(secret: str) -> str:
    """Digest a token; its 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _require_admission(organisation: Organisation, roles: tuple[Role, ...], actor: User) -> None:
    """Refuse unless the actor may give these roles in this organisation, which stays locked."""
    fresh = lock(organisation)
    if not may_admit(actor, fresh):
        raise NotAllowed(
            _("Only people of {organisation} admit somebody for it; an operator admits its first person."),
            code="may_admit",
            organisation=fresh,
        )
    if not roles:
        raise Invalid(_("Choose at least one role."), code="no_role")
    own = roles_in(actor, fresh.pk)
    allowed = own or suitable_roles(fresh) - {Role.OPERATOR}
    for role in roles:
        if role not in suitable_roles(fresh):
            raise Invalid(
                _("Nobody can act for {organisation} as {role}; that does not suit what it is."),
                code="role_unsuitable",
                organisation=fresh,
                role=role.label,
            )
        if role not in allowed:
            raise NotAllowed(
                _("You cannot admit anybody for {organisation} as {role}: you do not hold that role there."),
                code="role_not_held",
                organisation=fresh,
                role=role.label,
            )


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
