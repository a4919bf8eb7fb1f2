"""Permissions are plain predicates ``(actor, thing) -> bool``; this asks them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from industry_brain.kernel.errors import NotAllowed

A = TypeVar("A")
T = TypeVar("T")


def require(may: Callable[[A, T], bool], actor: A, thing: T) -> None:
    """Refuse unless ``may(actor, thing)``; the sentence names the thing where it is a row with a name."""
    if may(actor, thing):
        return
    if isinstance(thing, models.Model):
        raise NotAllowed(
            _("You may not do this with {thing}. Ask the operator if you should be able to."),
            code=may.__name__,
            thing=thing,
        )
    raise NotAllowed(_("You may not do this. Ask the operator if you should be able to."), code=may.__name__)
