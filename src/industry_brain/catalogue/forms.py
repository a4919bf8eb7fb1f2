"""Page input about materials."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from brain_engines.specs.problem import Kind
from brain_engines.specs.questions import sentence
from brain_engines.specs.read import read
from industry_brain.catalogue.models import Category
from industry_brain.catalogue.queries import categories
from industry_brain.web.forms import PlainForm


class MaterialForm(PlainForm):
    """A material written in one line, as the trade writes it."""

    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.none(), to_field_name="code"
    )
    specification = forms.CharField(
        label=_("Specification"), help_text=_("Such as GCr15 圆钢 φ50 热轧 GB/T 18254-2016"), max_length=300
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].queryset = categories()  # type: ignore[attr-defined] # read from the database late

    def clean_specification(self) -> Any:
        """Read the line; an open question or anything unread is said, not swallowed."""
        answer = read(self.cleaned_data["specification"])
        language = "zh" if (get_language() or "").startswith("zh") else "en"
        if answer.question is not None:
            raise forms.ValidationError(sentence(answer.question, language))
        unread = " ".join(r.text.strip() for r in answer.remainders_of(Kind.UNREAD))
        if unread:
            raise forms.ValidationError(_("“%(text)s” was not understood.") % {"text": unread})
        return answer.specification
