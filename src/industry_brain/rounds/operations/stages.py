"""Leading a round from stage to stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.catalogue.models import Material
from industry_brain.firms.models import Place
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import Invalid
from industry_brain.kernel.lifecycle import move
from industry_brain.records.operations import record
from industry_brain.rounds.models import Invitation, Item, Round, Window
from industry_brain.rounds.operations.bounds import check_price, check_within
from industry_brain.rounds.operations.checks import (
    check_calendar,
    check_deadline_may_move,
    in_states,
    require_reason,
    take,
)
from industry_brain.rounds.permissions import may_run
from industry_brain.rounds.states import ROUND_LIFECYCLE, RoundState

# A market price is known when the items are, and must be noted before anybody reads a bid.
WITH_MARKET_PRICES = (RoundState.POOLED, RoundState.BIDDING, RoundState.CLOSED)


@dataclass(frozen=True)
class PooledItem:
    """What pooling found to be bought: so many grams of a material for a place in a window."""

    material: Material
    place: Place
    window: Window
    quantity: int


@transaction.atomic
def publish_round(round_: Round, *, actor: User, at: datetime) -> Round:
    """Open a drafted round for demands; every member sees it from now on."""
    require(may_run, actor, round_)
    take(round_, RoundState.DRAFT)
    if round_.demands_close_at <= at:
        raise Invalid(
            _(
                "Demands in {round} would close on {deadline:%Y-%m-%d %H:%M}, which has passed. "
                "Move the deadline first."
            ),
            code="deadline_passed",
            round=round_,
            deadline=localtime(round_.demands_close_at),
        )
    check_within(Window.objects.filter(round=round_), round_.call_off_from, round_.call_off_until)
    move(round_, ROUND_LIFECYCLE, to=RoundState.COLLECTING, published_at=at)
    record("rounds.publish_round", round_, actor=actor, at=at)
    return round_


@transaction.atomic
def change_calendar(
    round_: Round,
    *,
    demands_close_at: datetime,
    bids_close_at: datetime,
    reason: str,
    actor: User,
    at: datetime,
) -> Round:
    """Move deadlines that have not passed; the reason is recorded for everybody to read."""
    require(may_run, actor, round_)
    fresh = in_states(round_, RoundState.COLLECTING, RoundState.POOLED, RoundState.BIDDING)
    require_reason(reason)
    check_calendar(demands_close_at, bids_close_at, fresh.call_off_from, fresh.call_off_until)
    check_deadline_may_move(fresh.demands_close_at, demands_close_at, at)
    check_deadline_may_move(fresh.bids_close_at, bids_close_at, at)
    fresh.demands_close_at, fresh.bids_close_at = demands_close_at, bids_close_at
    fresh.save(update_fields=["demands_close_at", "bids_close_at"])
    record(
        "rounds.change_calendar",
        fresh,
        actor=actor,
        at=at,
        demands_close_at=demands_close_at.isoformat(),
        bids_close_at=bids_close_at.isoformat(),
        reason=reason,
    )
    return fresh


@transaction.atomic
def set_market_price(item: Item, *, market_price: int | None, actor: User, at: datetime) -> Item:
    """Note the market reference price of an item (in ten-thousandths of a yuan) before the opening."""
    return set_market_prices(item.round, {item: market_price}, actor=actor, at=at)[0]


@transaction.atomic
def set_market_prices(
    round_: Round, prices: Mapping[Item, int | None], *, actor: User, at: datetime
) -> list[Item]:
    """Note the market reference prices of several items of a round at once, before the opening."""
    require(may_run, actor, round_)
    in_states(round_, *WITH_MARKET_PRICES)
    items = list(prices)
    if any(item.round_id != round_.pk for item in items):
        raise ValueError(f"items of another round than {round_.reference}")
    for item in items:
        if prices[item] is not None:
            check_price(prices[item], item=item)
        item.market_price = prices[item]
    Item.objects.bulk_update(items, ["market_price"], batch_size=500)
    noted = {item.code: item.market_price for item in items}
    if noted:
        record("rounds.set_market_prices", round_, actor=actor, at=at, prices=noted)
    return items


@transaction.atomic
def start_bidding(round_: Round, *, actor: User, at: datetime) -> Round:
    """Show the pooled items to the invited suppliers and take their bids."""
    require(may_run, actor, round_)
    take(round_, RoundState.POOLED)
    if not Invitation.objects.filter(round=round_).exists():
        raise Invalid(
            _("No supplier is invited to {round}. Invite some first."), code="nobody_invited", round=round_
        )
    if round_.bids_close_at <= at:
        raise Invalid(
            _(
                "Bids in {round} would close on {deadline:%Y-%m-%d %H:%M}, which has passed. "
                "Move the deadline first."
            ),
            code="deadline_passed",
            round=round_,
            deadline=localtime(round_.bids_close_at),
        )
    move(round_, ROUND_LIFECYCLE, to=RoundState.BIDDING, bidding_at=at)
    record("rounds.start_bidding", round_, actor=actor, at=at)
    return round_


@transaction.atomic
def close_bidding(round_: Round, *, actor: User, at: datetime) -> Round:
    """Take no more bids; possible from the announced moment on, never before."""
    require(may_run, actor, round_)
    take(round_, RoundState.BIDDING)
    if at < round_.bids_close_at:
        raise Invalid(
            _(
                "Bids in {round} are taken until {deadline:%Y-%m-%d %H:%M}, as announced. "
                "Close bidding after that moment."
            ),
            code="before_deadline",
            round=round_,
            deadline=localtime(round_.bids_close_at),
        )
    move(round_, ROUND_LIFECYCLE, to=RoundState.CLOSED, closed_at=at)
    record("rounds.close_bidding", round_, actor=actor, at=at)
    return round_


@transaction.atomic
def cancel_round(round_: Round, *, reason: str, actor: User, at: datetime) -> Round:
    """End a round without an award; the reason is shown to everybody who saw it."""
    require(may_run, actor, round_)
    require_reason(reason)
    move(round_, ROUND_LIFECYCLE, to=RoundState.CANCELLED, cancelled_at=at, cancel_reason=reason.strip())
    record("rounds.cancel_round", round_, actor=actor, at=at, reason=reason)
    return round_


@transaction.atomic
def mark_pooled(round_: Round, items: Sequence[PooledItem], *, actor: User, at: datetime) -> list[Item]:
    """Fix what is bought; called when the demands have been pooled."""
    require(may_run, actor, round_)
    if not items:
        raise Invalid(_("Nobody has submitted a demand in {round} yet."), code="no_demand", round=round_)
    move(round_, ROUND_LIFECYCLE, to=RoundState.POOLED, pooled_at=at)
    several = Window.objects.filter(round=round_).count() > 1
    rows = [
        Item(
            round=round_,
            code=_item_code(item, several_windows=several),
            material=item.material,
            place=item.place,
            window=item.window,
            quantity=item.quantity,
        )
        for item in items
    ]
    Item.objects.bulk_create(rows, batch_size=500)
    record("rounds.pool", round_, actor=actor, at=at, items={i.code: i.quantity for i in rows})
    return rows


@transaction.atomic
def mark_opened(round_: Round, *, actor: User, at: datetime) -> Round:
    """Say that the bids have been opened; of two people who open at once, one succeeds."""
    require(may_run, actor, round_)
    move(round_, ROUND_LIFECYCLE, to=RoundState.OPENED, opened_at=at)
    record("rounds.open", round_, actor=actor, at=at)
    return round_


@transaction.atomic
def mark_awarding(round_: Round, *, actor: User, at: datetime) -> Round:
    """Say that an award is being worked out."""
    require(may_run, actor, round_)
    move(round_, ROUND_LIFECYCLE, to=RoundState.AWARDING)
    record("rounds.begin_award", round_, actor=actor, at=at)
    return round_


@transaction.atomic
def mark_opened_again(round_: Round, *, actor: User, at: datetime) -> Round:
    """Go back to the opened bids, because no award came out or it was set aside; ask permissions first."""
    # a worker does it for whoever asked for the award, who may have lost the role meanwhile
    move(round_, ROUND_LIFECYCLE, to=RoundState.OPENED)
    record("rounds.set_award_aside", round_, actor=actor, at=at)
    return round_


@transaction.atomic
def mark_awarded(round_: Round, *, actor: User, at: datetime) -> Round:
    """Say that an award was approved; the standstill begins."""
    require(may_run, actor, round_)
    until = at + timedelta(days=round_.standstill_days)
    move(round_, ROUND_LIFECYCLE, to=RoundState.AWARDED, awarded_at=at, standstill_until=until)
    record("rounds.award", round_, actor=actor, at=at, standstill_until=until.isoformat())
    return round_


@transaction.atomic
def mark_final(round_: Round, *, actor: User, at: datetime) -> Round:
    """Make the award final once the standstill has passed."""
    require(may_run, actor, round_)
    if round_.standstill_until is not None and at < round_.standstill_until:
        raise Invalid(
            _(
                "The standstill of {round} lasts until {until:%Y-%m-%d %H:%M}; "
                "the award can become final after it."
            ),
            code="standstill",
            round=round_,
            until=localtime(round_.standstill_until),
        )
    move(round_, ROUND_LIFECYCLE, to=RoundState.FINAL, final_at=at)
    record("rounds.finalise", round_, actor=actor, at=at)
    return round_


def _item_code(item: PooledItem, *, several_windows: bool) -> str:
    code = f"{item.material.code}@{item.place.code}"
    return f"{code}/{item.window.code}" if several_windows else code
