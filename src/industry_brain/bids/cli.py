"""Commands about bids: ``brain bids …``."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone
from django.utils.translation import gettext as _

from industry_brain.accounts.models import User
from industry_brain.accounts.queries import get_user
from industry_brain.bids import operations, queries
from industry_brain.bids.engine import Basis, basis_of, faults_of
from industry_brain.bids.models import Bid
from industry_brain.bids.sheets import bid_workbook, content_from_workbook
from industry_brain.bids.states import BidState
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import DomainError, Invalid, NotFound
from industry_brain.rounds.models import Round
from industry_brain.rounds.queries import get_round

app = typer.Typer(help="Sealed bids.", no_args_is_help=True)
As = Annotated[str, typer.Option("--as", help="User name to act as.")]
Reference = Annotated[str, typer.Option("--round", help="Reference of the round, such as R-2026-0001.")]
Supplier = Annotated[str, typer.Option(help="Reference of your supplier, where you act for several.")]


@app.command("list")
def list_(as_: As) -> None:
    """List your own bids, and opened ones you may read."""
    for bid in queries.bids_seen_by(get_user(as_)):
        receipt = bid.revision.receipt if bid.revision else "—"
        typer.echo(f"{bid.reference}  {BidState(bid.state).label!s:<10} {receipt}")


@app.command()
def template(file: Path, round_: Reference, as_: As, supplier: Supplier = "") -> None:
    """Write your draft as a workbook (.xlsx) to fill in."""
    side, firm, actor = _side(round_, supplier, as_)
    bid = queries.own_bid(side, firm, seen_by=actor)
    file.write_bytes(bid_workbook(bid.draft if bid else {}, basis_of(side)))
    typer.echo(str(file))


@app.command()
def draft(file: Path, round_: Reference, as_: As, supplier: Supplier = "") -> None:
    """Keep a bid from FILE (.json or .xlsx) as your draft, and say what is to be mended."""
    side, firm, actor = _side(round_, supplier, as_)
    basis = basis_of(side)
    bid = _save(side, firm, _content(file, basis), actor)
    for fault in faults_of(bid.draft, basis):
        typer.echo(f"{fault.path}: {fault.place}: {fault.message}")


@app.command()
def submit(file: Path, round_: Reference, as_: As, supplier: Supplier = "") -> None:
    """Submit the bid in FILE (.json or .xlsx); the receipt number is printed."""
    side, firm, actor = _side(round_, supplier, as_)
    bid = _save(side, firm, _content(file, basis_of(side)), actor)
    try:
        revision = operations.submit_bid(bid, actor=actor, at=timezone.now())
    except DomainError as refusal:
        for place in refusal.facts.get("places", ()):
            typer.echo(f"{place['path']}: {place['place']}: {place['message']}", err=True)
        raise
    typer.echo(f"{revision.receipt}  {revision.sha256}")


@app.command()
def withdraw(round_: Reference, as_: As, supplier: Supplier = "") -> None:
    """Take your submitted bid back."""
    side, firm, actor = _side(round_, supplier, as_)
    bid = operations.withdraw_bid(_own(side, firm, actor), actor=actor, at=timezone.now())
    typer.echo(f"{bid.reference}  {BidState(bid.state).label}")


@app.command()
def receipts(round_: Reference, as_: As, supplier: Supplier = "") -> None:
    """List your submissions in a round, newest first."""
    side, firm, actor = _side(round_, supplier, as_)
    for revision in queries.revisions_of(_own(side, firm, actor), seen_by=actor):
        typer.echo(f"{revision.receipt}  {timezone.localtime(revision.submitted_at):%Y-%m-%d %H:%M:%S}")


@app.command("open")
def open_(round_: Reference, as_: As) -> None:
    """Open every valid bid of a round at once."""
    actor = get_user(as_)
    side = get_round(round_, seen_by=actor)
    for bid in operations.open_bids(side, actor=actor, at=timezone.now()):
        typer.echo(f"{bid.supplier.reference}  {bid.revision.receipt if bid.revision else '—'}")


@app.command()
def show(round_: Reference, as_: As) -> None:
    """Print the opened bids you may read as JSON."""
    actor = get_user(as_)
    opened = queries.opened_bids(get_round(round_, seen_by=actor), seen_by=actor)
    typer.echo(json.dumps(list(opened), ensure_ascii=False, indent=2))


def _side(reference: str, supplier: str, username: str) -> tuple[Round, Firm, User]:
    actor = get_user(username)
    round_ = get_round(reference, seen_by=actor)
    return round_, queries.own_supplier(actor, round_, supplier), actor


def _own(round_: Round, firm: Firm, actor: User) -> Bid:
    bid = queries.own_bid(round_, firm, seen_by=actor)
    if bid is None:
        raise NotFound(_("There is no draft in {round} yet."), code="no_draft", round=round_.reference)
    return bid


def _save(round_: Round, firm: Firm, content: dict[str, Any], actor: User) -> Bid:
    return operations.save_draft(round_, firm, content=content, actor=actor, at=timezone.now())


def _content(file: Path, basis: Basis) -> dict[str, Any]:
    """Read a bid from a file, by its kind."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Invalid(_("The file {file} cannot be read."), code="no_file", file=file) from error
    if not data.lstrip().startswith(b"{"):
        return content_from_workbook(data, file.name, basis)
    try:
        found = json.loads(data, parse_float=Decimal, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise Invalid(_("The file {file} is no JSON."), code="not_json", file=file) from error
    if not isinstance(found, dict):
        raise Invalid(_("The file {file} is no JSON."), code="not_json", file=file)
    return found
