"""Appending to the record.  Other contexts call ``record`` inside their own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from django.db import models, transaction

from industry_brain.records.chain import link
from industry_brain.records.models import Head, Record


class Actor(Protocol):
    """Whoever did it: a person, known by user name."""

    username: str


def record(action: str, subject: models.Model, *, actor: Actor, at: datetime, **facts: Any) -> Record:
    """Append one record to the chain; it stays exactly if the surrounding transaction stays.

    Call it last, because it holds the end of the chain until the transaction ends.
    ``facts`` must be JSON and hold nothing that readers of the record may not see.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{action} is recorded outside a transaction")
    Head.objects.get_or_create(pk=1)
    head = Head.objects.select_for_update().get(pk=1)
    entry = Record(
        number=head.number + 1,
        at=at,
        actor=actor.username,
        action=action,
        subject_type=subject._meta.label_lower,
        subject=str(getattr(subject, "reference", subject.pk)),
        facts=facts,
        previous_sha256=head.sha256,
    )
    entry.sha256 = link(entry)
    entry.save(force_insert=True)
    Head.objects.filter(pk=1).update(number=entry.number, sha256=entry.sha256)
    return entry
