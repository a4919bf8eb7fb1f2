"""The hash of a record, and the check of the whole chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC

from industry_brain.records.models import Record

GENESIS = "0" * 64


@dataclass(frozen=True)
class ChainCheck:
    """How many records were read and where the chain first breaks, if it does."""

    length: int
    head: str
    broken_at: int | None


def link(entry: Record) -> str:
    """Compute a record's hash from its content and its predecessor's hash."""
    content = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "action": entry.action,
        "subject_type": entry.subject_type,
        "subject": entry.subject,
        "facts": entry.facts,
        "previous": entry.previous_sha256,
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check_chain(records: Iterable[Record]) -> ChainCheck:
    """Recompute every hash in order; a gap, an edit or a swap shows where it happened."""
    previous, number = GENESIS, 0
    for entry in records:
        number += 1
        whole = entry.number == number and entry.previous_sha256 == previous and link(entry) == entry.sha256
        if not whole:
            return ChainCheck(number - 1, previous, broken_at=number)
        previous = entry.sha256
    return ChainCheck(number, previous, broken_at=None)


def first_broken(records: Iterable[Record], previous: Mapping[int, str]) -> int | None:
    """Find the lowest of some records that does not fit its own hash or its predecessor's.

    ``previous`` gives the stored hashes of the predecessors by number.  Records that were not
    handed over are not judged: only :func:`check_chain` judges the whole.
    """
    for entry in sorted(records, key=lambda entry: entry.number):
        before = GENESIS if entry.number == 1 else previous.get(entry.number - 1)
        if entry.previous_sha256 != before or link(entry) != entry.sha256:
            return entry.number
    return None
