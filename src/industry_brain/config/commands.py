"""Every context's commands under one roof, and the one place where refusals become exit statuses."""

from __future__ import annotations

import locale
import os
from typing import Annotated

import typer
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from industry_brain.awards.cli import app as awards
from industry_brain.awards.cli import files
from industry_brain.bids.cli import app as bids
from industry_brain.catalogue.cli import app as materials
from industry_brain.config.serve import app as serving
from industry_brain.config.serve import prepare, serve
from industry_brain.demands.cli import app as demands
from industry_brain.demo.cast import LOGINS, PASSWORD
from industry_brain.demo.rebuild import is_half_told, start_over
from industry_brain.demo.story import is_told, tell
from industry_brain.kernel.errors import DomainError
from industry_brain.overview.cli import app as records
from industry_brain.rounds.cli import app as rounds

app = typer.Typer(no_args_is_help=True, help="Industry Brain · 产业大脑", pretty_exceptions_enable=False)
for commands in (files, serving):  # commands of the first level: brain award, brain serve …
    app.registered_commands += commands.registered_commands
app.add_typer(rounds, name="rounds")
app.add_typer(demands, name="demands")
app.add_typer(bids, name="bids")
app.add_typer(awards, name="awards")
app.add_typer(materials, name="materials")
app.add_typer(records, name="records")


@app.command()
def demo(
    port: Annotated[int, typer.Option(envvar="BRAIN_PORT", min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(envvar="BRAIN_HOST")] = "127.0.0.1",
    build_only: Annotated[bool, typer.Option("--build-only", help="Build it and end.")] = False,
) -> None:
    """Build the reference cluster once, then serve it with its worker until Ctrl-C."""
    if is_half_told():
        typer.echo(_("The demo's data is unfinished or of another version; it is built anew."))
        start_over()
    prepare()
    if not is_told():
        typer.echo(_("Building the reference cluster; this takes about a minute …"))
        tell(at=timezone.now(), say=lambda line: typer.echo(f"  {line}"))
    if not build_only:
        serve(port=port, host=host, note=_demo_notes())


def _demo_notes() -> list[str]:
    chinese = (translation.get_language() or "").startswith("zh")
    lines = [
        _("All firms and people are invented. Password of everybody: {password}").format(password=PASSWORD)
    ]
    lines += [f"  {login.username:<14} {login.part if chinese else login.part_en}" for login in LOGINS]
    return lines


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
