"""Let the database itself refuse to change or delete records (tried on an empty table; instant)."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON records_record
    BEGIN SELECT RAISE(ABORT, 'records are append-only'); END
    """,
    """
    CREATE TRIGGER record_is_never_deleted BEFORE DELETE ON records_record
    BEGIN SELECT RAISE(ABORT, 'records are append-only'); END
    """,
]
POSTGRES = [
    """
    CREATE FUNCTION records_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'records are append-only'; END $$
    """,
    """
    CREATE TRIGGER record_is_never_changed BEFORE UPDATE OR DELETE ON records_record
    FOR EACH ROW EXECUTE FUNCTION records_refuse()
    """,
    """
    CREATE TRIGGER records_are_never_truncated BEFORE TRUNCATE ON records_record
    FOR EACH STATEMENT EXECUTE FUNCTION records_refuse()
    """,
]
DROP_SQLITE = ["DROP TRIGGER record_is_never_changed", "DROP TRIGGER record_is_never_deleted"]
DROP_POSTGRES = [
    "DROP TRIGGER record_is_never_changed ON records_record",
    "DROP TRIGGER records_are_never_truncated ON records_record",
    "DROP FUNCTION records_refuse",
]


def _run(sqlite: list[str], postgres: list[str]) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgres:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(_run(SQLITE, POSTGRES), _run(DROP_SQLITE, DROP_POSTGRES))]
