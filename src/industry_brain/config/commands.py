"""Every context's commands under one roof, and the one place where refusals become exit statuses."""

from __future__ import annotations

import locale
import os

import typer
from django.utils import translation
from industry_brain.awards.cli import app as awards
from industry_brain.awards.cli import files
from industry_brain.bids.cli import app as bids
from industry_brain.demands.cli import app as demands
from industry_brain.demo.cli import app as demo
from industry_brain.rounds.cli import app as rounds

from industry_brain.catalogue.cli import app as materials
from industry_brain.config.serve import app as serve
from industry_brain.kernel.errors import DomainError
from industry_brain.overview.cli import app as records

app = typer.Typer(no_args_is_help=True, help="Industry Brain · 产业大脑", pretty_exceptions_enable=False)
for commands in (files, serve, demo):  # commands of the first level: brain award, brain serve, brain demo …
    app.registered_commands += commands.registered_commands
app.add_typer(rounds, name="rounds")
app.add_typer(demands, name="demands")
app.add_typer(bids, name="bids")
app.add_typer(awards, name="awards")
app.add_typer(materials, name="materials")
app.add_typer(records, name="records")


def run() -> int:
    """Run one command in the language of ``BRAIN_LANGUAGE`` or of the terminal."""
    wanted = os.environ.get("BRAIN_LANGUAGE") or locale.getlocale()[0] or "en"
    with translation.override("zh-hans" if wanted.lower().startswith("zh") else "en"):
        try:
            app(standalone_mode=True)
        except DomainError as error:
            typer.echo(str(error), err=True)
            return 1
    return 0
