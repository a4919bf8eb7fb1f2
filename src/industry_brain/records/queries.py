"""Reading the record.  Who may read it is decided downstream, where roles are known."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from industry_brain.records.chain import ChainCheck, check_chain
from industry_brain.records.models import Head, Record


def records(*, containing: str = "") -> QuerySet[Record]:
    """Every record, newest first; those that contain a text in actor, action or thing if one is given."""
    found = Record.objects.order_by("-number")
    if containing:
        text = containing.strip()
        found = found.filter(
            Q(actor__icontains=text) | Q(action__icontains=text) | Q(subject__icontains=text)
        )
    return found


def check() -> ChainCheck:
    """Recompute the whole chain and compare its end with the stored head."""
    checked = check_chain(Record.objects.order_by("number").iterator(chunk_size=2000))
    head = Head.objects.filter(pk=1).first()
    stored = (head.number, head.sha256) if head else (0, "0" * 64)
    if checked.broken_at is None and stored != (checked.length, checked.head):
        return ChainCheck(checked.length, checked.head, broken_at=checked.length + 1)
    return checked
