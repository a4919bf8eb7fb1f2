"""Page input about firms."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from industry_brain.firms.models import Place
from industry_brain.firms.queries import places
from industry_brain.web.forms import PercentField, PlainForm


class FirmForm(PlainForm):
    """A firm to be registered."""

    name = forms.CharField(label=_("Name in Chinese"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        validators=[RegexValidator(r"^[0-9A-Z]{18}$", _("A credit code has 18 digits and capital letters."))],
    )
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.none(), to_field_name="code")
    is_member = forms.BooleanField(label=_("buys in the pool (member)"), required=False)
    is_supplier = forms.BooleanField(label=_("sells to the pool (supplier)"), required=False)
    quality_ppm = PercentField(label=_("Quality score in percent"), initial="100", largest=1_000_000)
    contact = forms.CharField(label=_("Contact"), max_length=120, required=False)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["place"].queryset = places()  # type: ignore[attr-defined] # set late: it is read from the database
