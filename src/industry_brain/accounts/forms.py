"""Page input about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import Organisation, User
from industry_brain.accounts.queries import organisations_to_admit_for
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


class OrganisationField(forms.ModelChoiceField[Organisation]):
    """A choice of organisations, each with its reference."""

    def label_from_instance(self, obj: Any) -> str:
        """Name an organisation so that two of one name are told apart."""
        return f"{obj.reference} · {obj}"


class PersonForm(PlainForm):
    """A person to be admitted, with the roles in which they act."""

    organisation = OrganisationField(
        label=_("Organisation"),
        help_text=_("Your own; operators also find those here for which nobody acts yet."),
        queryset=Organisation.objects.none(),
        to_field_name="reference",
    )
    username = forms.SlugField(label=_("User name"), max_length=60)
    name = forms.CharField(label=_("Name"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        help_text=_("Roles that you hold yourself; for the first person, those that suit the organisation."),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    password = forms.CharField(
        label=_("First password"),
        help_text=_("At least 12 characters. Hand it over in person; it is to be changed at once."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, actor: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = organisations_to_admit_for(actor)
        self.fields["organisation"].queryset = found  # type: ignore[attr-defined] # a choice of the actor's own
