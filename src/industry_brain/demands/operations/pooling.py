"""Adding the members' demands up to what is bought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.demands.models import Demand
from industry_brain.demands.queries import can_be_pooled, pooled_picture, submitted_demands
from industry_brain.demands.states import DemandState
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import Invalid
from industry_brain.kernel.lifecycle import lock
from industry_brain.records.operations import record
from industry_brain.rounds.models import Item, Round
from industry_brain.rounds.operations import PooledItem, mark_pooled
from industry_brain.rounds.permissions import may_run
from industry_brain.rounds.states import RoundState


@transaction.atomic
def pool_round(round_: Round, *, actor: User, at: datetime) -> list[Item]:
    """Add up the submitted demands by material, place and window; the round becomes pooled.

    Possible once demands have closed, or before that when every member has submitted.
    Drafts that were never submitted stay behind.
    """
    require(may_run, actor, round_)
    fresh = lock(round_)
    collecting = fresh.state == RoundState.COLLECTING
    if collecting and not can_be_pooled(fresh, at, complete=pooled_picture(fresh).complete):
        raise Invalid(
            _(
                "Demands in {round} are taken until {deadline:%Y-%m-%d %H:%M}, as announced, "
                "and not every member has submitted. Pool them after that moment."
            ),
            code="before_deadline",
            round=fresh,
            deadline=localtime(fresh.demands_close_at),
        )
    demands = list(submitted_demands(fresh))
    items = mark_pooled(round_, pool_demands(demands), actor=actor, at=at)
    by_key = {(item.material_id, item.place_id, item.window_id): item for item in items}
    for demand in demands:
        demand.item = by_key[demand.material_id, demand.place_id, demand.window_id]
        demand.state = DemandState.POOLED
    Demand.objects.bulk_update(demands, ["item", "state"], batch_size=500)
    record("demands.pool_round", round_, actor=actor, at=at, demands=len(demands), items=len(items))
    return items


def pool_demands(demands: Iterable[Demand]) -> list[PooledItem]:
    """Add demands up by material, place and window; what goes in comes out to the gram."""
    sums: dict[tuple[int, int, int], int] = defaultdict(int)
    examples: dict[tuple[int, int, int], Demand] = {}
    for demand in demands:
        key = (demand.material_id, demand.place_id, demand.window_id)
        sums[key] += demand.quantity
        examples.setdefault(key, demand)
    return [PooledItem(d.material, d.place, d.window, sums[key]) for key, d in examples.items()]
