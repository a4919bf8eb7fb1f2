"""The ``brain`` command: set Django up, then hand over to every context's commands."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import django


def main() -> None:
    """Run the command line: exit status 0 fine, 1 refused or infeasible, 2 bad input."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "industry_brain.config.settings.demo")
    django.setup()
    commands = import_module("industry_brain.config.commands")  # needs the models that setup() loads
    sys.exit(commands.run())
