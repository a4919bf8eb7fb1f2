"""Pages about people and signing in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from industry_brain.accounts import operations, queries
from industry_brain.accounts.forms import PasswordForm, PersonForm, SignInForm, TokenForm
from industry_brain.accounts.permissions import may_see_people, memberships_of
from industry_brain.accounts.requests import UserRequest, signed_in
from industry_brain.accounts.states import Role
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import Invalid, NotAllowed
from industry_brain.web.tables import listing_of


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Sign in; five wrong passwords for a name from an address make it wait."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


def too_many_attempts(request: HttpRequest, *_args: Any, **_facts: Any) -> HttpResponse:
    """Say that there were too many wrong passwords, and how long to wait."""
    return render(request, "accounts/too_many_attempts.html", status=429)


@signed_in
def account(request: UserRequest) -> HttpResponse:
    """Who you are, in which roles you act, your password and your tokens."""
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = operations.change_password(
            request.user, new_password=form.cleaned_data["new"], actor=request.user, at=timezone.now()
        )
        update_session_auth_hash(request, user)
        messages.success(
            request, _("Your password was changed; your other sessions and all tokens have ended.")
        )
        return redirect("accounts:account")
    facts = {
        "form": form,
        "memberships": memberships_of(request.user),
        "tokens": queries.tokens_of(request.user),
        "token_form": TokenForm(),
    }
    return render(request, "accounts/account.html", facts, status=422 if form.errors else 200)


@require_POST
@signed_in
def token_issue(request: UserRequest) -> HttpResponse:
    """Make a token and show it this once."""
    form = TokenForm(request.POST)
    secret = ""
    if form.is_valid():
        label = form.cleaned_data["label"]
        secret = operations.issue_token(request.user, label=label, actor=request.user, at=timezone.now())
    return render(
        request, "accounts/token_issue.html", {"form": form, "secret": secret}, status=200 if secret else 422
    )


@require_POST
@signed_in
def token_revoke(request: UserRequest, pk: int) -> HttpResponse:
    """End one of your tokens."""
    token = get_object_or_404(queries.tokens_of(request.user), pk=pk)
    operations.revoke_token(token, actor=request.user, at=timezone.now())
    return redirect("accounts:account")


@signed_in
def person_list(request: UserRequest) -> HttpResponse:
    """The people of one's own organisations; everybody who may sign in, for operators."""
    require(may_see_people, request.user, _("people"))
    people = queries.people_seen_by(request.user)
    listing = listing_of(request, people, sorts={"username": "username"}, default_sort="username")
    return render(request, "accounts/person_list.html", {"listing": listing})


@signed_in
def person_admit(request: UserRequest) -> HttpResponse:
    """Admit a colleague, or the first person of an organisation."""
    require(may_see_people, request.user, _("people"))
    form = PersonForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        roles = tuple(Role(role) for role in facts.pop("roles"))
        try:
            operations.admit_person(
                facts.pop("organisation"), roles=roles, actor=request.user, at=timezone.now(), **facts
            )
        except (Invalid, NotAllowed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("{name} may sign in now.").format(name=facts["name"]))
            return redirect("accounts:person_list")
    return render(request, "accounts/person_admit.html", {"form": form}, status=422 if form.errors else 200)
