"""What people fill in about awards."""

from __future__ import annotations

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from industry_brain.awards.operations.deciding import LEAST_REASON
from industry_brain.awards.operations.requesting import LEAST_SECONDS, MOST_SECONDS, USUAL_SECONDS
from industry_brain.web.forms import PlainForm


class StartForm(PlainForm):
    """How long to search at most."""

    round = forms.CharField(widget=forms.HiddenInput, max_length=20)
    limit_seconds = forms.IntegerField(
        label=_("Search at most (seconds)"),
        min_value=LEAST_SECONDS,
        max_value=MOST_SECONDS,
        initial=USUAL_SECONDS,
        help_text=_(
            "Most rounds are proved within seconds. "
            "If time runs out, the best award so far is kept with its gap."
        ),
    )
    idempotency_key = forms.CharField(widget=forms.HiddenInput, max_length=100)


class ReasonForm(PlainForm):
    """A typed reason, kept for good."""

    reason = forms.CharField(
        label=_("Reason"),
        min_length=LEAST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=format_lazy(
            _(
                "At least {least} characters. Stands in the minutes with your name; "
                "it cannot be changed afterwards."
            ),
            least=LEAST_REASON,
        ),
    )
