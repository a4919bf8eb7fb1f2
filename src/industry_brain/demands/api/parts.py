"""What the doors of demands have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from ninja.params.functions import Header

from industry_brain.accounts.models import User
from industry_brain.kernel.idempotency import once

Key: str | None = Header(None, alias="Idempotency-Key")


def handled_once(
    user: User, key: str | None, request: object, carry_out: Callable[[], dict[str, str]]
) -> Any:
    """Carry a request out once per key, however often the caller sends it."""
    return once(key, actor=user.username, request=request, at=timezone.now(), carry_out=carry_out)
