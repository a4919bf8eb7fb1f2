"""Reading the record.  Who may read it is decided downstream, where roles are known."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from industry_brain.records.chain import GENESIS, ChainCheck, check_chain, first_broken
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


def check_page(shown: Sequence[Record]) -> ChainCheck:
    """Check the records of one page, their links to the ones before, and the end of the chain.

    Three short queries however long the record is; ``length`` and ``head`` are the stored end.
    """
    before = [entry.number - 1 for entry in shown]
    previous = dict(Record.objects.filter(number__in=before).values_list("number", "sha256"))
    broken = first_broken(shown, previous)
    head, last = Head.objects.filter(pk=1).first(), Record.objects.order_by("-number").first()
    stored = (head.number, head.sha256) if head else (0, GENESIS)
    found = (last.number, last.sha256) if last else (0, GENESIS)
    if broken is None and stored != found:
        broken = found[0] + 1
    return ChainCheck(*stored, broken_at=broken)


def check() -> ChainCheck:
    """Recompute the whole chain and compare its end with the stored head."""
    checked = check_chain(Record.objects.order_by("number").iterator(chunk_size=2000))
    head = Head.objects.filter(pk=1).first()
    stored = (head.number, head.sha256) if head else (0, GENESIS)
    if checked.broken_at is None and stored != (checked.length, checked.head):
        return ChainCheck(checked.length, checked.head, broken_at=checked.length + 1)
    return checked
