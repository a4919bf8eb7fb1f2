"""Page input about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.accounts.states import Role
from industry_brain.web.forms import PlainForm


class SignInForm(AuthenticationForm):
    """User name and password; the same sentence whichever is wrong."""

    error_messages = {
        "invalid_login": _("User name and password do not match. After five wrong tries there is a pause."),
        "inactive": _("This person's access has been ended."),
    }

    def __init__(self, request: Any = None, *args: Any, **options: Any) -> None:
        super().__init__(request, *args, label_suffix="", **options)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")


class PasswordForm(PlainForm):
    """The old password and the new one, twice."""

    old = forms.CharField(
        label=_("Password until now"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters, not only digits, not a common one."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        self.user = user
        super().__init__(*args, **options)

    def clean_old(self) -> str:
        """Make sure that the person at the keyboard is the one who signed in."""
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError(_("This is not your password."))
        return old

    def clean_again(self) -> str:
        """Catch a slip in a password nobody sees."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("The two new passwords differ."))
        return again


class TokenForm(PlainForm):
    """What a new token is for."""

    label = forms.CharField(label=_("What it is for"), max_length=80)


class PersonForm(PlainForm):
    """A person to be admitted, with the roles in which they act."""

    organisation = forms.CharField(label=_("Organisation (its reference, such as F-0001)"), max_length=20)
    username = forms.SlugField(label=_("User name"), max_length=60)
    name = forms.CharField(label=_("Name"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    password = forms.CharField(
        label=_("First password"),
        help_text=_("At least 12 characters. Hand it over in person; it is to be changed at once."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
