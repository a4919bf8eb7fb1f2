"""Page input about demands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from industry_brain.catalogue.models import Material
from industry_brain.catalogue.queries import materials
from industry_brain.demands.models import Demand
from industry_brain.firms.models import Firm, Place
from industry_brain.firms.queries import places, suppliers
from industry_brain.rounds.models import Round, Window
from industry_brain.rounds.queries import windows_of
from industry_brain.web.forms import PlainForm, QuantityField, UnitPriceField


class DemandForm(PlainForm):
    """One demand of a member."""

    material = forms.ModelChoiceField(
        label=_("Material"), queryset=Material.objects.none(), to_field_name="code"
    )
    quantity = QuantityField(label=_("Quantity in tonnes"), help_text=_("Up to three decimals."))
    place = forms.ModelChoiceField(
        label=_("Place of delivery"), queryset=Place.objects.none(), to_field_name="code"
    )
    window = forms.ModelChoiceField(
        label=_("Delivery window"), queryset=Window.objects.none(), to_field_name="code"
    )
    reserve_price = UnitPriceField(
        label=_("Reserve price"),
        required=False,
        help_text=_("The most you would pay, in yuan per tonne. Other members and suppliers never see it."),
    )
    last_price = UnitPriceField(
        label=_("Last contract price"),
        required=False,
        help_text=_("What you pay now, in yuan per tonne; your savings are counted from it."),
    )
    substitutes = forms.ModelMultipleChoiceField(
        label=_("Substitutes"),
        queryset=Material.objects.none(),
        to_field_name="code",
        required=False,
        help_text=_(
            "Materials you would also take. The operator sees them when pooling; "
            "the award itself buys only the material named above."
        ),
    )
    excluded_suppliers = forms.ModelMultipleChoiceField(
        label=_("Excluded suppliers"), queryset=Firm.objects.none(), to_field_name="reference", required=False
    )

    def __init__(
        self, round_: Round, member: Firm, demand: Demand | None, *args: Any, **options: Any
    ) -> None:
        options.setdefault("initial", _initial(round_, member, demand))
        super().__init__(*args, **options)
        among = {
            "material": materials(category=round_.category),
            "substitutes": materials(category=round_.category),
            "place": places(),
            "window": windows_of(round_),
            "excluded_suppliers": suppliers(),
        }
        for name, rows in among.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined] # read from the database late


class UploadForm(PlainForm):
    """A sheet as a file."""

    file = forms.FileField(label=_("File (.xlsx, .xls, .csv)"), max_length=200)


def _initial(round_: Round, member: Firm, demand: Demand | None) -> dict[str, Any]:
    if demand is None:
        only = list(windows_of(round_)[:2])
        return {"place": member.place.code, "window": only[0].code if len(only) == 1 else None}
    return {
        "material": demand.material.code,
        "quantity": demand.quantity,
        "place": demand.place.code,
        "window": demand.window.code,
        "reserve_price": demand.reserve_price,
        "last_price": demand.last_price,
        "substitutes": [m.code for m in demand.substitutes.all()],
        "excluded_suppliers": [f.reference for f in demand.excluded_suppliers.all()],
    }
