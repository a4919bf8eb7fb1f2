"""The record through the REST API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from industry_brain.accounts.requests import user_of
from industry_brain.kernel.access import require
from industry_brain.overview.permissions import may_read_record
from industry_brain.records import queries as record_queries
from industry_brain.records.models import Record

router = Router(tags=["records"])


class RecordOut(Schema):
    """One operation that took place, and the hash that binds it to all before."""

    number: int
    at: datetime
    actor: str
    action: str
    subject_type: str
    subject: str
    facts: dict[str, Any]
    previous_sha256: str
    sha256: str


class ChainOut(Schema):
    """Whether the chain of records is whole."""

    length: int
    head: str
    broken_at: int | None


@router.get("/", response=list[RecordOut])
def list_records(request: HttpRequest, after: int = 0, limit: int = 200) -> list[Record]:
    """Give records in order, from the one after ``after``; at most 1,000 at a time."""
    require(may_read_record, user_of(request), None)
    found = record_queries.records().filter(number__gt=after).order_by("number")
    return list(found[: max(1, min(limit, 1000))])


@router.get("/check", response=ChainOut)
def check_records(request: HttpRequest) -> object:
    """Recompute every hash of the record and say where it breaks, if it does."""
    require(may_read_record, user_of(request), None)
    return record_queries.check()
