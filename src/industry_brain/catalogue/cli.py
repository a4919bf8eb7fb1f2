"""Commands about materials: ``brain materials …``."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from brain_engines.specs.io import answer_to_dict
from brain_engines.specs.questions import sentence
from brain_engines.specs.read import read
from industry_brain.accounts.queries import get_user
from industry_brain.catalogue import operations, queries

app = typer.Typer(help="The catalogue of materials.", no_args_is_help=True)


@app.command("list")
def list_(containing: Annotated[str, typer.Argument(help="Words to look for.")] = "") -> None:
    """List materials by code."""
    for material in queries.materials(containing=containing):
        typer.echo(f"{material.code:<28} {material}")


@app.command("read")
def read_text(
    text: str, as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer.")] = False
) -> None:
    """Read a written specification; exit status 1 where a person must decide."""
    answer = read(text)
    if as_json:
        typer.echo(json.dumps(answer_to_dict(answer), ensure_ascii=False, indent=2))
    elif answer.question is not None:
        language = "zh" if (get_language() or "").startswith("zh") else "en"
        typer.echo(sentence(answer.question, language))
        for option in answer.question.options:
            typer.echo(f"  {option.key}: {option.chinese if language == 'zh' else option.english}")
    else:
        for reading in answer.readings:
            typer.echo(f"{reading.field.value:<20} {reading.value}  {reading.confidence}%")
    if answer.question is not None:
        raise typer.Exit(1)


@app.command("add")
def add(
    text: str,
    category: Annotated[str, typer.Option(help="Code of the category.")],
    as_: Annotated[str, typer.Option("--as", help="User name to act as.")],
) -> None:
    """Add a material written as the trade does."""
    answer = read(text)
    if answer.specification is None:
        typer.echo(
            _("“{text}” leaves a question open; run: brain materials read").format(text=text), err=True
        )
        raise typer.Exit(1)
    material = operations.add_material(
        answer.specification,
        category=queries.get_category(category),
        actor=get_user(as_),
        at=timezone.now(),
    )
    typer.echo(f"{material.code}  {material}")
