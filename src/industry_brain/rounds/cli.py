"""Commands about rounds: ``brain rounds …``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer
from django.utils import timezone
from django.utils.translation import gettext as _

from industry_brain.accounts.models import User
from industry_brain.accounts.queries import get_user
from industry_brain.catalogue.queries import get_category
from industry_brain.firms.queries import get_firm
from industry_brain.kernel.money import e4_from_price
from industry_brain.rounds import operations, queries
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState
from industry_brain.web.formats import weight
from industry_brain.web.forms import exact_number

app = typer.Typer(help="Purchasing rounds.", no_args_is_help=True)
As = Annotated[str, typer.Option("--as", help="User name to act as.")]
Reference = Annotated[str, typer.Argument(help="Reference of the round, such as R-2026-0001.")]
Reason = Annotated[str, typer.Option(help="Reason, for everybody to read.")]


@app.command("list")
def list_(as_: As, state: str = "", category: str = "", text: str = "") -> None:
    """List the rounds you may see."""
    for round_ in queries.find_rounds(get_user(as_), state=state, category=category, text=text):
        typer.echo(f"{round_.reference}  {RoundState(round_.state).label!s:<12} {round_.name_shown}")


@app.command()
def show(reference: Reference, as_: As) -> None:
    """Show a round and what is bought in it."""
    round_ = queries.get_round(reference, seen_by=get_user(as_))
    _say(round_)
    typer.echo(f"{_('Demands close at')}: {timezone.localtime(round_.demands_close_at):%Y-%m-%d %H:%M}")
    typer.echo(f"{_('Bids close at')}: {timezone.localtime(round_.bids_close_at):%Y-%m-%d %H:%M}")
    for item in queries.items_of(round_):
        typer.echo(f"  {item.code:<48} {weight(item.quantity):>14}")


@app.command()
def create(  # noqa: PLR0913, PLR0917 - a round has these facts
    title: Annotated[str, typer.Argument(help="Title in Chinese.")],
    category: Annotated[str, typer.Option(help="Code of the category.")],
    demands_close: Annotated[datetime, typer.Option(help="When demands close, in local time.")],
    bids_close: Annotated[datetime, typer.Option(help="When bids close, in local time.")],
    call_off_from: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])],
    call_off_until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])],
    as_: As,
    title_en: str = "",
    operator: Annotated[str, typer.Option(help="Operator, if you act for several.")] = "",
) -> None:
    """Draft a round."""
    round_ = operations.create_round(
        title=title,
        title_en=title_en,
        operator=operator,
        category=get_category(category),
        demands_close_at=timezone.make_aware(demands_close),
        bids_close_at=timezone.make_aware(bids_close),
        call_off_from=_day(call_off_from),
        call_off_until=_day(call_off_until),
        actor=get_user(as_),
        at=timezone.now(),
    )
    _say(round_)


@app.command()
def invite(reference: Reference, supplier: Annotated[str, typer.Argument()], as_: As) -> None:
    """Invite a supplier, by its reference."""
    actor, round_ = _opened(reference, as_)
    firm = get_firm(supplier, seen_by=actor)
    operations.invite_supplier(round_, firm, actor=actor, at=timezone.now())
    typer.echo(_("{firm} is invited.").format(firm=firm))


@app.command()
def uninvite(reference: Reference, supplier: Annotated[str, typer.Argument()], as_: As) -> None:
    """Take back an invitation before bidding opens."""
    actor, round_ = _opened(reference, as_)
    firm = get_firm(supplier, seen_by=actor)
    operations.withdraw_invitation(round_, firm, actor=actor, at=timezone.now())
    typer.echo(_("{firm} is no longer invited.").format(firm=firm))


@app.command()
def publish(reference: Reference, as_: As) -> None:
    """Open a drafted round for demands."""
    actor, round_ = _opened(reference, as_)
    _say(operations.publish_round(round_, actor=actor, at=timezone.now()))


@app.command()
def calendar(
    reference: Reference,
    demands_close: Annotated[datetime, typer.Option(help="When demands close, in local time.")],
    bids_close: Annotated[datetime, typer.Option(help="When bids close, in local time.")],
    reason: Reason,
    as_: As,
) -> None:
    """Move deadlines that have not passed."""
    actor, round_ = _opened(reference, as_)
    changed = operations.change_calendar(
        round_,
        demands_close_at=timezone.make_aware(demands_close),
        bids_close_at=timezone.make_aware(bids_close),
        reason=reason,
        actor=actor,
        at=timezone.now(),
    )
    _say(changed)


@app.command("market-price")
def market_price(reference: Reference, item: str, price: str, as_: As) -> None:
    """Note the market reference price of an item, in yuan per tonne."""
    actor, round_ = _opened(reference, as_)
    found = queries.get_item(round_, item)
    try:
        e4 = e4_from_price(exact_number(price))
    except ValueError as error:
        raise typer.BadParameter(_("“{text}” is not a price.").format(text=price)) from error
    operations.set_market_price(found, market_price=e4, actor=actor, at=timezone.now())
    _say(round_)


@app.command("start-bidding")
def start_bidding(reference: Reference, as_: As) -> None:
    """Show the pooled items to the invited suppliers and take bids."""
    actor, round_ = _opened(reference, as_)
    _say(operations.start_bidding(round_, actor=actor, at=timezone.now()))


@app.command("close-bidding")
def close_bidding(reference: Reference, as_: As) -> None:
    """Take no more bids; possible from the announced moment on."""
    actor, round_ = _opened(reference, as_)
    _say(operations.close_bidding(round_, actor=actor, at=timezone.now()))


@app.command()
def cancel(reference: Reference, reason: Reason, as_: As) -> None:
    """End a round without an award."""
    actor, round_ = _opened(reference, as_)
    _say(operations.cancel_round(round_, reason=reason, actor=actor, at=timezone.now()))


def _opened(reference: str, username: str) -> tuple[User, Round]:
    actor = get_user(username)
    return actor, queries.get_round(reference, seen_by=actor)


def _say(round_: Round) -> None:
    typer.echo(f"{round_} · {RoundState(round_.state).label}")


def _day(moment: datetime) -> date:
    return moment.date()
