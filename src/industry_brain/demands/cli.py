"""Commands about demands: ``brain demands …``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone
from django.utils.translation import gettext as _

from industry_brain.accounts.models import User
from industry_brain.accounts.queries import get_user
from industry_brain.catalogue.queries import get_material
from industry_brain.demands import operations, queries
from industry_brain.demands.engine import FIELDS, fault_from_json, said
from industry_brain.demands.engine.cells import price_of, quantity_of
from industry_brain.demands.engine.faults import CellError
from industry_brain.demands.models import Sheet
from industry_brain.demands.permissions import may_see_picture
from industry_brain.demands.states import DemandState, RowState
from industry_brain.firms.models import Firm
from industry_brain.firms.queries import get_place
from industry_brain.kernel.errors import NotFound
from industry_brain.rounds.models import Round
from industry_brain.rounds.queries import get_round, get_window
from industry_brain.web.formats import weight
from industry_brain.web.spreadsheets import read_table

app = typer.Typer(help="Demands of members.", no_args_is_help=True)
As = Annotated[str, typer.Option("--as", help="User name to act as.")]
InRound = Annotated[str, typer.Option("--round", help="Reference of the round.")]
ForMember = Annotated[str, typer.Option("--member", help="Reference of the member, if you act for several.")]


@app.command("import")
def import_(file: Path, round_: InRound, as_: As, member: ForMember = "") -> None:
    """Import a sheet (.xlsx, .xls, .csv); exit status 1 where rows have to be corrected."""
    actor, found, firm = _for(as_, round_, member)
    try:
        content = file.read_bytes()
    except OSError as error:
        typer.echo(_("{file} cannot be read: {reason}").format(file=file, reason=error.strerror), err=True)
        raise typer.Exit(2) from error
    table = read_table(content, file.name)
    sheet = operations.import_sheet(
        found,
        firm,
        table.rows,
        first_row=table.first_row,
        file_name=file.name,
        actor=actor,
        at=timezone.now(),
    )
    _say(sheet)
    if queries.rows_of(sheet, faulty_only=True).exists():
        raise typer.Exit(1)


@app.command("list")
def list_(as_: As, round_: Annotated[str, typer.Option("--round")] = "") -> None:
    """List the demands you may see."""
    demands = queries.demands_seen_by(get_user(as_))
    for demand in demands.filter(round__reference=round_) if round_ else demands:
        typer.echo(
            f"{demand.reference}  {demand.round.reference}  {DemandState(demand.state).label!s:<10} "
            f"{weight(demand.quantity):>14}  {demand.material.code}@{demand.place.code}"
        )


@app.command()
def enter(  # noqa: PLR0913, PLR0917 - a demand has these facts
    material: Annotated[str, typer.Argument(help="Code of the material.")],
    quantity: Annotated[str, typer.Argument(help="Tonnes, or a number with its unit.")],
    round_: InRound,
    as_: As,
    window: Annotated[str, typer.Option(help="Code of the delivery window.")] = "all",
    place: Annotated[str, typer.Option(help="Code of the place; your own if left out.")] = "",
    reserve_price: Annotated[str, typer.Option(help="The most you would pay, in yuan per tonne.")] = "",
    last_price: Annotated[str, typer.Option(help="What you pay now, in yuan per tonne.")] = "",
    member: ForMember = "",
) -> None:
    """Draft one demand."""
    actor, found, firm = _for(as_, round_, member)
    try:
        grams, reserve, last = quantity_of(quantity), price_of(reserve_price), price_of(last_price)
    except CellError as error:
        typer.echo(said(error.fault("")), err=True)
        raise typer.Exit(1) from error
    demand = operations.enter_demand(
        found,
        firm,
        material=get_material(material),
        place=get_place(place) if place else firm.place,
        window=get_window(found, window),
        quantity=grams,
        reserve_price=reserve,
        last_price=last,
        actor=actor,
        at=timezone.now(),
    )
    typer.echo(demand.reference)


@app.command()
def change(
    reference: str, quantity: Annotated[str, typer.Argument(help="Tonnes, or with unit.")], as_: As
) -> None:
    """Change the quantity of a demand; it becomes a draft again."""
    actor = get_user(as_)
    demand = queries.get_demand(reference, seen_by=actor)
    try:
        grams = quantity_of(quantity)
    except CellError as error:
        typer.echo(said(error.fault("quantity")), err=True)
        raise typer.Exit(1) from error
    operations.change_demand(demand, quantity=grams, actor=actor, at=timezone.now())
    typer.echo(_("{reference} is changed and a draft again.").format(reference=reference))


@app.command()
def withdraw(reference: str, as_: As) -> None:
    """Take a demand back before demands close."""
    actor = get_user(as_)
    demand = queries.get_demand(reference, seen_by=actor)
    operations.withdraw_demand(demand, actor=actor, at=timezone.now())
    typer.echo(_("{reference} is withdrawn.").format(reference=reference))


@app.command()
def submit(round_: InRound, as_: As, member: ForMember = "") -> None:
    """Hand in all drafts of a member in a round."""
    actor, found, firm = _for(as_, round_, member)
    for demand in operations.submit_demands(found, firm, actor=actor, at=timezone.now()):
        typer.echo(demand.reference)


@app.command()
def sheet(reference: str, as_: As) -> None:
    """Show what became of the rows of an imported sheet."""
    _say(queries.get_sheet(reference, seen_by=get_user(as_)))


@app.command()
def correct(
    reference: str,
    row: int,
    cells: Annotated[list[str], typer.Argument(help="The cells of the row in the order of the columns.")],
    as_: As,
) -> None:
    """Put corrected cells into a row that waits."""
    actor = get_user(as_)
    waiting = queries.get_row(queries.get_sheet(reference, seen_by=actor), row)
    corrected = operations.correct_row(waiting, cells, actor=actor, at=timezone.now())
    for fault in corrected.faults:
        typer.echo(said(fault_from_json(fault)), err=True)
    if corrected.state == RowState.FAULTY:
        raise typer.Exit(1)


@app.command()
def drop(reference: str, row: int, as_: As) -> None:
    """Set a row of a sheet aside; its cells are kept."""
    actor = get_user(as_)
    waiting = queries.get_row(queries.get_sheet(reference, seen_by=actor), row)
    operations.drop_row(waiting, actor=actor, at=timezone.now())


@app.command()
def totals(round_: InRound, as_: As) -> None:
    """Show what the pool wants by material."""
    actor = get_user(as_)
    for total in queries.totals(get_round(round_, seen_by=actor), seen_by=actor):
        typer.echo(f"{total.material.code:<28} {total.members:>4} {weight(total.quantity):>14}")


@app.command()
def pool(
    round_: InRound,
    as_: As,
    preview: Annotated[bool, typer.Option("--preview", help="Only show who wants what.")] = False,
) -> None:
    """Add the submitted demands up to what is bought."""
    actor = get_user(as_)
    found = get_round(round_, seen_by=actor)
    if not preview:
        for item in operations.pool_round(found, actor=actor, at=timezone.now()):
            typer.echo(f"{item.code:<48} {weight(item.quantity):>14}")
        return
    if not may_see_picture(actor, found):
        raise NotFound(_("There is no round {reference}."), code="no_round", reference=round_)
    picture = queries.pooled_picture(found)
    for row in picture.rows:
        typer.echo(f"{row.member.reference}  {weight(row.total):>14}  {row.member}")
    for firm in picture.missing:
        typer.echo(f"{firm.reference}  {'—':>14}  {firm}")


def _for(username: str, round_reference: str, member: str) -> tuple[User, Round, Firm]:
    actor = get_user(username)
    return actor, get_round(round_reference, seen_by=actor), queries.member_of(actor, member)


def _say(sheet: Sheet) -> None:
    rows = list(queries.rows_of(sheet))
    taken = sum(row.state == RowState.TAKEN for row in rows)
    typer.echo(
        _("{sheet}: {taken} of {count} rows taken over").format(
            sheet=sheet.reference, taken=taken, count=len(rows)
        )
    )
    for row in rows:
        for fault in map(fault_from_json, row.faults if row.state == RowState.FAULTY else []):
            heading = FIELDS.get(fault.column, "")
            typer.echo(f"  {row.number}: {heading}{': ' if heading else ''}{said(fault)}")
