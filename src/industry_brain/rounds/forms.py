"""Page input about rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import Organisation
from industry_brain.catalogue.models import Category
from industry_brain.catalogue.queries import categories
from industry_brain.firms.models import Firm
from industry_brain.firms.queries import suppliers
from industry_brain.rounds.models import Index, Round, ShareRule, Window
from industry_brain.rounds.operations import EDITABLE, Draft
from industry_brain.rounds.operations.bounds import LEAST_REASON, LONGEST_REASON
from industry_brain.rounds.queries import (
    indices_of,
    invited_suppliers,
    share_rules_of,
    suppliers_to_invite,
    windows_of,
)
from industry_brain.rounds.states import BreakawayCapacity
from industry_brain.web.forms import PercentField, PlainForm, UnitPriceField


def moment_input() -> forms.DateTimeInput:
    """Give an input for a date and time that browsers know."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def day_input() -> forms.DateInput:
    """Give an input for a date that browsers know."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def reason_field(widget: forms.Widget | None = None) -> forms.CharField:
    """Give a field for why something of public interest happens; it says how little is too little."""
    return forms.CharField(
        label=_("Reason, for everybody to read"),
        min_length=LEAST_REASON,
        max_length=LONGEST_REASON,
        widget=widget,
        help_text=format_lazy(_("At least {least} characters."), least=LEAST_REASON),
    )


class CalendarForm(PlainForm):
    """The two deadlines of a round, and why they move."""

    demands_close_at = forms.DateTimeField(label=_("Demands close at"), widget=moment_input())
    bids_close_at = forms.DateTimeField(label=_("Bids close at"), widget=moment_input())
    reason = reason_field()


class CancelForm(PlainForm):
    """Why a round ends without an award."""

    reason = reason_field(forms.Textarea(attrs={"rows": 3}))


class InviteForm(PlainForm):
    """A supplier to be invited."""

    supplier = forms.ModelChoiceField(
        label=_("Supplier"), queryset=Firm.objects.none(), to_field_name="reference"
    )

    def __init__(self, round_: Round, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["supplier"].queryset = suppliers_to_invite(round_)  # type: ignore[attr-defined] # read late


class RoundForm(PlainForm):
    """What a draft says about itself: purpose, calendar, rules; who runs it where several might."""

    operator = forms.ModelChoiceField(
        label=_("Operator"), queryset=Organisation.objects.none(), to_field_name="reference"
    )

    title = forms.CharField(label=_("Title in Chinese"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120, required=False)
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.none(), to_field_name="code"
    )
    demands_close_at = forms.DateTimeField(label=_("Demands close at"), widget=moment_input())
    bids_close_at = forms.DateTimeField(label=_("Bids close at"), widget=moment_input())
    call_off_from = forms.DateField(label=_("Call-off from"), widget=day_input())
    call_off_until = forms.DateField(label=_("Call-off until"), widget=day_input())
    standstill_days = forms.IntegerField(label=_("Standstill in days"), min_value=0, max_value=60, initial=3)
    max_suppliers = forms.IntegerField(label=_("Winners at most"), min_value=1, max_value=200, required=False)
    min_suppliers = forms.IntegerField(
        label=_("Winners at least"), min_value=1, max_value=200, required=False
    )
    max_suppliers_per_item = forms.IntegerField(
        label=_("Winners per item at most"), min_value=1, max_value=200, required=False
    )
    annual_rate_ppm = PercentField(
        label=_("Annual rate for payment terms"),
        required=False,
        help_text=_("Later payment is worth this much a year when bids are compared."),
    )
    quality_weight_ppm = PercentField(
        label=_("Weight of quality"),
        required=False,
        help_text=_(
            "By how much a bid counts as dearer for each point of quality missing. It is never paid."
        ),
    )
    breakaway_capacity = forms.ChoiceField(
        label=_("Capacity a group that leaves could use"),
        choices=BreakawayCapacity.choices,
        initial=BreakawayCapacity.PRO_RATA,
    )
    terms = forms.CharField(
        label=_("Terms for bidders"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    suppliers = forms.ModelMultipleChoiceField(
        label=_("Invited suppliers"),
        queryset=Firm.objects.none(),
        to_field_name="reference",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, operators: Sequence[Organisation] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if len(operators) > 1:
            own = Organisation.objects.filter(pk__in=[operator.pk for operator in operators])
            self.fields["operator"].queryset = own.order_by("reference")  # type: ignore[attr-defined] # read late
        else:
            del self.fields["operator"]
        self.fields["category"].queryset = categories()  # type: ignore[attr-defined] # read late
        self.fields["suppliers"].queryset = suppliers()  # type: ignore[attr-defined] # read late

    def clean(self) -> dict[str, Any]:
        """Take an empty rate or weight for none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("annual_rate_ppm", "quality_weight_ppm"):
            cleaned[name] = cleaned.get(name) or 0
        return cleaned


class WindowForm(PlainForm):
    """A delivery window."""

    code = forms.SlugField(label=_("Code"), max_length=20)
    starts_on = forms.DateField(label=_("From"), widget=day_input())
    ends_on = forms.DateField(label=_("Until"), widget=day_input())
    max_lead_days = forms.IntegerField(
        label=_("Longest lead time in days"), min_value=1, max_value=365, required=False
    )


class IndexForm(PlainForm):
    """A price index that bids may refer to, and its value."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name and source"), max_length=160)
    value = UnitPriceField(label=_("Value in yuan per tonne"))


class ShareRuleForm(PlainForm):
    """A bound on the share of one supplier, or of each."""

    supplier = forms.ModelChoiceField(
        label=_("Supplier"),
        queryset=Firm.objects.none(),
        to_field_name="reference",
        required=False,
        empty_label=_("each supplier"),
    )
    min_ppm = PercentField(label=_("At least, in per cent"), required=False)
    max_ppm = PercentField(label=_("At most, in per cent"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["supplier"].queryset = suppliers()  # type: ignore[attr-defined] # read late


class MarketPriceForm(PlainForm):
    """The market reference price of one item."""

    market_price = UnitPriceField(label=_("Market reference price"), required=False)


class Rows(BaseFormSet[Any]):
    """Rows of one kind on a page, with the empty one from which scripts make more."""

    @property
    def empty_row(self) -> forms.Form:
        """An empty row whose number is still to be put in."""
        row: forms.Form = self.form(prefix=self.add_prefix("__index__"), use_required_attribute=False)
        return row


class RoundPage:
    """The page on which a draft is written: one form and three groups of rows."""

    def __init__(
        self, data: Mapping[str, Any] | None, round_: Round | None, *, operators: Sequence[Organisation] = ()
    ) -> None:
        posted: Any = data
        self.form = RoundForm(posted, initial=_facts_of(round_), operators=operators)
        self.windows = _WINDOWS(posted, prefix="windows", initial=_windows(round_))
        self.indices = _INDICES(posted, prefix="indices", initial=_indices(round_))
        self.share_rules = _SHARE_RULES(posted, prefix="rules", initial=_share_rules(round_))

    @property
    def formsets(self) -> tuple[BaseFormSet[Any], ...]:
        """The groups of rows."""
        return (self.windows, self.indices, self.share_rules)

    def is_valid(self) -> bool:
        """Check everything, so that every fault is shown at once."""
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.formsets)])

    @property
    def faulty(self) -> bool:
        """Whether anything that was typed does not hold."""
        return bool(self.form.errors) or any(any(rows.errors) for rows in self.formsets)

    def draft(self) -> Draft:
        """Give what was typed, as the operation takes it."""
        facts = self.form.cleaned_data
        return Draft(
            facts={name: facts[name] for name in EDITABLE},
            windows=[Window(**row) for row in _filled(self.windows)],
            indices=[Index(**row) for row in _filled(self.indices)],
            share_rules=[ShareRule(**row) for row in _filled(self.share_rules)],
            suppliers=list(facts["suppliers"]),
            operator=facts["operator"].reference if "operator" in facts else "",
        )


_WINDOWS = formset_factory(WindowForm, Rows, extra=1, can_delete=True, max_num=24, absolute_max=48)
_INDICES = formset_factory(IndexForm, Rows, extra=1, can_delete=True, max_num=24, absolute_max=48)
_SHARE_RULES = formset_factory(ShareRuleForm, Rows, extra=1, can_delete=True, max_num=40, absolute_max=80)


def _filled(rows: BaseFormSet[Any]) -> list[dict[str, Any]]:
    kept = [form.cleaned_data for form in rows.forms if form.cleaned_data and not form.cleaned_data["DELETE"]]
    return [{name: value for name, value in row.items() if name != "DELETE"} for row in kept]


def _facts_of(round_: Round | None) -> dict[str, Any]:
    if round_ is None:
        return {}
    facts = {name: getattr(round_, name) for name in EDITABLE}
    invited = [firm.reference for firm in invited_suppliers(round_)]
    return {**facts, "category": round_.category.code, "suppliers": invited}


def _windows(round_: Round | None) -> list[dict[str, Any]]:
    if round_ is None:
        return []
    names = ("code", "starts_on", "ends_on", "max_lead_days")
    return [{name: getattr(window, name) for name in names} for window in windows_of(round_)]


def _indices(round_: Round | None) -> list[dict[str, Any]]:
    if round_ is None:
        return []
    return [{"code": i.code, "name": i.name, "value": i.value} for i in indices_of(round_)]


def _share_rules(round_: Round | None) -> list[dict[str, Any]]:
    if round_ is None:
        return []
    return [
        {
            "supplier": rule.supplier.reference if rule.supplier else None,
            "min_ppm": rule.min_ppm,
            "max_ppm": rule.max_ppm,
        }
        for rule in share_rules_of(round_)
    ]
