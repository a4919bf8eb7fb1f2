"""Commands about the record: ``brain records …``."""

from __future__ import annotations

import typer
from django.utils.translation import gettext as _

from industry_brain.records import queries as record_queries

app = typer.Typer(help="The tamper-evident record.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep ``check`` a command of its own name."""


@app.command("check")
def check() -> None:
    """Recompute the hash chain of all records; exit status 1 where it breaks."""
    found = record_queries.check()
    if found.broken_at is not None:
        typer.echo(_("The record is broken at number {number}.").format(number=found.broken_at), err=True)
        raise typer.Exit(1)
    typer.echo(
        _("{count} records, unbroken; the chain ends in {head}.").format(count=found.length, head=found.head)
    )
