"""Permissions are plain predicates ``(actor, thing) -> bool``; this asks them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from industry_brain.kernel.errors import NotAllowed

A = TypeVar("A")
T = TypeVar("T")


def require(may: Callable[[A, T], bool], actor: A, thing: T) -> None:
    """Refuse unless ``may(actor, thing)``."""
    if not may(actor, thing):
        raise NotAllowed(
            _("You may not do this with {thing}. Ask the operator if you should be able to."),
            code=may.__name__,
            thing=thing,
        )
