"""State machines as data: which state may follow which, and the one way to move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from industry_brain.kernel.errors import Conflict, WrongState

S = TypeVar("S", bound=models.TextChoices)
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Lifecycle(Generic[S]):
    """The allowed moves between the states of one model."""

    moves: Mapping[S, frozenset[S]]

    def allows(self, before: str, after: S) -> bool:
        """Say whether ``after`` may follow ``before``."""
        return any(before == state.value and after in nexts for state, nexts in self.moves.items())


def move(row: models.Model, lifecycle: Lifecycle[S], *, to: S, **facts: object) -> None:
    """Move a saved row to ``to`` and record ``facts`` in the same write, or refuse.

    The write names the state it expects to find, so of two actors who move the
    same row at the same moment exactly one succeeds, without a lock.  It guards
    the state alone: an operation whose rules read other rows must lock those.
    """
    before: str = row.state  # type: ignore[attr-defined]
    if not lifecycle.allows(before, to):
        raise WrongState(
            _("{thing} is at “{before}”; from there it cannot become “{after}”."),
            code="wrong_state",
            thing=row,
            before=type(to)(before).label,
            after=to.label,
        )
    changes = {"state": to.value, **facts}
    if not type(row)._base_manager.filter(pk=row.pk, state=before).update(**changes):
        raise Conflict(
            _("{thing} was changed by somebody else just now. Look at it again before you go on."),
            code="conflict",
            thing=row,
        )
    for name, value in changes.items():
        setattr(row, name, value)


def lock(row: M) -> M:
    """Lock a row until the transaction ends and give it as it is now.

    Lock upstream rows before downstream ones.  On SQLite the transaction already
    holds the only write lock, so this merely reads the row again.
    """
    return type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
