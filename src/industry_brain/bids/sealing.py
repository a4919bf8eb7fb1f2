"""The envelope of a bid: the one place that knows how bids are kept from other eyes.

This version knows one tier, ``T0``: the server seals.  The body is canonical JSON in the
database, so whoever runs the database could read it; the platform's own pages, API, exports
and record show it to nobody but the supplier before the opening, and pages say so plainly.
What already holds at T0: the salted commitment printed on the receipt binds the supplier and
the operator to one content, and opening refuses a body that does not match it.

A later tier (encryption to trustees) replaces this module alone: ``seal`` and ``unseal`` keep
their signatures, ``Revision.tier`` says which one made an envelope.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TIER = "T0"
_PREFIX = "industry-brain/bid-commitment/v1"


class SealBroken(ValueError):
    """An envelope's body does not match its commitment, or is none of ours."""


@dataclass(frozen=True)
class Sealed:
    """An envelope: how it was made, what is inside, and the commitment to it."""

    tier: str
    body: str
    sha256: str


def canonical(content: Mapping[str, Any]) -> str:
    """Write content as the one JSON text that its commitment is made over.

    >>> canonical({"b": 1, "a": "钢"})
    '{"a":"钢","b":1}'
    """
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def commitment(content: Mapping[str, Any], *, salt: str) -> str:
    """Commit to content: SHA-256 over the prefix, the salt and the canonical JSON, one a line."""
    return hashlib.sha256("\n".join((_PREFIX, salt, canonical(content))).encode()).hexdigest()


def seal(content: Mapping[str, Any], *, salt: str) -> Sealed:
    """Put content into an envelope; the salt is kept inside it."""
    body = canonical({"content": content, "salt": salt})
    return Sealed(TIER, body, commitment(content, salt=salt))


def unseal(sealed: Sealed) -> dict[str, Any]:
    """Take the content out of an envelope, or raise :class:`SealBroken`."""
    if sealed.tier != TIER:
        raise SealBroken(f"no envelope of tier {sealed.tier} can be opened here")
    try:
        inside = json.loads(sealed.body)
        content: dict[str, Any] = inside["content"]
        found = commitment(content, salt=inside["salt"])
    except (ValueError, KeyError, TypeError) as error:
        raise SealBroken("the envelope's body cannot be read") from error
    if found != sealed.sha256:
        raise SealBroken(f"the envelope's body has the commitment {found}, not {sealed.sha256}")
    return content


def opaque(digest: str) -> str:
    """Blind a digest for the record: whoever holds the digest can recompute it, nobody else can."""
    return hashlib.sha256(f"industry-brain/sealed-entry/v1\n{digest}".encode()).hexdigest()
