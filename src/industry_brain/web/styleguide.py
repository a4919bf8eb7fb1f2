"""Samples for the style guide.  Nothing here is a figure of anybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def samples(request: HttpRequest) -> dict[str, Any]:
    """Give the style guide its samples."""
    del request
    return {}
