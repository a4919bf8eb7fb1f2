"""Lets tests that commit clean up after themselves.

The database refuses to change or delete records, and so would refuse Django's flush between
such tests.  The triggers are lifted for the flush alone; every test finds them in place.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management.commands.flush import Command
from django.db import connections

TABLE = "records_record"


@contextmanager
def _without_triggers(alias: str) -> Iterator[None]:
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
            yield
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE]
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, statement in triggers:
            cursor.execute(statement)


@pytest.fixture(scope="session", autouse=True)
def _records_may_be_flushed() -> Iterator[None]:
    flush = Command.handle

    def flush_records_too(self: Command, **options: Any) -> str | None:
        with _without_triggers(options["database"]):
            return flush(self, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Command, "handle", flush_records_too)
        yield
