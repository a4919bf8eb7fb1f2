"""What is wrong with a cell: kept untranslated, said in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from industry_brain.kernel.language import localised

# The column of a fault that concerns the whole row.
WHOLE_ROW = ""


@dataclass(frozen=True)
class Option:
    """Something a person can choose in place of what a cell says."""

    key: str
    name: str
    name_en: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell of a row, and what could stand there instead.

    ``message`` is an English message id with ``{facts}`` in it.  A fact that is a mapping of
    ``zh`` and ``en`` is said in the reader's language.
    """

    column: str
    code: str
    message: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    options: Sequence[Option] = ()

    def as_json(self) -> dict[str, Any]:
        """Give the fault as it is kept."""
        return {
            "column": self.column,
            "code": self.code,
            "message": self.message,
            "facts": dict(self.facts),
            "options": [{"key": o.key, "zh": o.name, "en": o.name_en} for o in self.options],
        }


class CellError(Exception):
    """A cell that cannot be read; carries the fault."""

    def __init__(self, code: str, message: str, *, options: Sequence[Option] = (), **facts: Any) -> None:
        super().__init__(message)
        self.code, self.message, self.options, self.facts = code, message, options, facts

    def fault(self, column: str) -> Fault:
        """Give the fault of the cell in a column."""
        return Fault(column, self.code, self.message, self.facts, self.options)


def fault_from_json(kept: Mapping[str, Any]) -> Fault:
    """Read a fault as it was kept."""
    options = [Option(o["key"], o["zh"], o["en"]) for o in kept.get("options", ())]
    return Fault(kept["column"], kept["code"], kept["message"], kept.get("facts", {}), options)


def said(fault: Fault) -> str:
    """Say a fault in the reader's language."""
    facts = {
        name: localised(fact["zh"], fact["en"]) if isinstance(fact, Mapping) else fact
        for name, fact in fault.facts.items()
    }
    return gettext(fault.message).format(**facts)
