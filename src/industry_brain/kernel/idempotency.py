"""Carry a request out once, however often it is sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from industry_brain.kernel.errors import Conflict, Invalid
from industry_brain.kernel.models import LONGEST_KEY, HandledRequest


def once(
    key: str | None, *, actor: str, request: object, at: datetime, carry_out: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Carry out a request, or give the remembered answer when the key was used before.

    The same key with another request is refused.  Two equal requests at the same
    moment are carried out once; the slower one gets ``Conflict`` and may ask again.
    """
    if not key:
        return carry_out()
    if len(key) > LONGEST_KEY:
        raise Invalid(
            _("An idempotency key has at most {most} signs; this one has {length}."),
            code="key_too_long",
            most=LONGEST_KEY,
            length=len(key),
        )
    digest = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    with transaction.atomic():
        known = HandledRequest.objects.filter(actor=actor, key=key).first()
        if known is None:
            try:
                with transaction.atomic():
                    known = HandledRequest.objects.create(
                        actor=actor, key=key, request_sha256=digest, answer={}, handled_at=at
                    )
            except IntegrityError as error:
                raise _in_progress(key) from error
            known.answer = carry_out()
            known.save(update_fields=["answer"])
        elif known.request_sha256 != digest:
            raise Conflict(
                _("The idempotency key “{key}” was already used for another request. Use a new key."),
                code="key_reused",
                key=key,
            )
        answer: dict[str, Any] = known.answer
        return answer


def _in_progress(key: str) -> Conflict:
    return Conflict(
        _("A request with the idempotency key “{key}” is being carried out. Ask again in a moment."),
        code="request_in_progress",
        key=key,
    )
