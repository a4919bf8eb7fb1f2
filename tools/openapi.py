"""Write the REST API's OpenAPI document: ``python -m tools.openapi``."""

from __future__ import annotations

import json
import os
from importlib import import_module
from pathlib import Path

import django

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "reference" / "openapi.json"


def current() -> str:
    """Return the document of the code as it is now, in English and in a fixed order."""
    api = import_module("industry_brain.config.api").api  # can be imported only once Django is set up
    return (
        json.dumps(api.get_openapi_schema(), indent=2, ensure_ascii=False, sort_keys=True, default=str) + "\n"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "industry_brain.config.settings.testing")
    django.setup()
    DOCUMENT.write_text(current(), encoding="utf-8")
    print(f"{DOCUMENT.name} written.")
