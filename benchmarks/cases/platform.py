"""A database of its own for benchmarks of pages and imports: migrated, with the story's first round."""

from __future__ import annotations

import os
import tempfile
from functools import cache


@cache
def prepared() -> str:
    """Set Django up on a fresh SQLite file, once per run, and give its folder."""
    folder = tempfile.mkdtemp(prefix="brain-benchmark-")
    os.environ["BRAIN_VAR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "industry_brain.config.settings.demo"
    import django  # noqa: PLC0415 - only after the settings are known

    django.setup()
    from django.conf import settings  # noqa: PLC0415 - as above
    from django.core.management import call_command  # noqa: PLC0415 - as above

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    return folder
