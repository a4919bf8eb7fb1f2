"""Starting the demo's database over, when a build was cut short or the story has changed."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.demo.story import is_told
from industry_brain.kernel.errors import Conflict


def is_half_told() -> bool:
    """Whether there are people in the demo's database, but not this version of the whole story."""
    tables = connection.introspection.table_names()
    return User._meta.db_table in tables and User.objects.exists() and not is_told()


def start_over() -> None:
    """Delete the demo's own SQLite file; any other database is left to whoever owns it."""
    path = Path(str(settings.DATABASES["default"]["NAME"]))
    if connection.vendor != "sqlite" or path.name != "demo.sqlite3":
        raise Conflict(
            _("{database} holds other data than the demo. Choose an empty database for it."),
            code="not_the_demo",
            database=connection.settings_dict["NAME"],
        )
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
