"""Sharing the bill of an award that was kept without shares."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from brain_engines.awards.io import read_round
from brain_engines.sharing.problem import SharingLimits
from industry_brain.accounts.models import User
from industry_brain.awards.engine import Computation, Found, read_shares_only
from industry_brain.awards.models import AwardRun, ListPrice, Share
from industry_brain.awards.operations.deciding import decidable
from industry_brain.awards.operations.lease import light, lock_run, patiently
from industry_brain.awards.operations.running import checked_before, digest
from industry_brain.awards.permissions import may_lead
from industry_brain.awards.states import WITH_AWARD
from industry_brain.kernel.access import require
from industry_brain.kernel.background import enqueue_on_commit
from industry_brain.kernel.errors import WrongState
from industry_brain.kernel.lifecycle import lock
from industry_brain.records.operations import record
from industry_brain.rounds.states import RoundState

LONGER = SharingLimits(seconds=600.0, check_seconds=150.0)
"""How long a second try may take; the first one had a fifth of it."""
LOOK_SECONDS = 1.0
logger = logging.getLogger(__name__)


@transaction.atomic
def share_award(run: AwardRun, *, actor: User, at: datetime) -> AwardRun:
    """Ask for the shares of a checked award that has none; a worker tries, for longer than before."""
    require(may_lead, actor, run)
    _round, fresh = decidable(run)
    if fresh.is_shared:
        raise WrongState(_("The bill of {run} is shared already."), code="shared_already", run=fresh)
    if fresh.is_sharing(at):
        raise WrongState(_("The bill of {run} is being shared. Wait for it."), code="in_progress", run=fresh)
    fresh.sharing_asked_at = at
    fresh.save(update_fields=["sharing_asked_at"])
    enqueue_on_commit("awards.share", run_id=fresh.pk)
    record("awards.share_award", fresh, actor=actor, at=at)
    return fresh


def carry_out_sharing(run_id: int, *, now: Callable[[], datetime]) -> None:
    """Share the bill of an award, check and keep the shares; nothing where nothing is to do."""
    run = light().select_related("round", "requested_by").get(pk=run_id)
    if not _is_wanted(run):
        return
    stated = read_round(run.round_file)
    computation = Computation(stated, 0, checked_before(run, stated), LONGER)
    computation.start()
    try:
        while not computation.look(LOOK_SECONDS):
            if not patiently(lambda: _is_wanted(light().select_related("round").get(pk=run_id))):
                computation.abandon.set()
    finally:
        if not computation.end():
            logger.error("The sharing of %s does not end", run)
    if computation.outcome is None:
        AwardRun.objects.filter(pk=run_id).update(sharing_asked_at=None)
        return
    _keep(run, read_shares_only(run, stated, computation.outcome), now())


def _is_wanted(run: AwardRun) -> bool:
    awarding = run.round.state == RoundState.AWARDING
    return awarding and run.state in WITH_AWARD and run.set_aside_at is None and not run.is_shared


@transaction.atomic
def _keep(run: AwardRun, found: Found, at: datetime) -> None:
    """Keep the shares, or why there are none once more, unless nobody wants them any more."""
    lock(run.round)
    fresh = lock_run(run)
    if not _is_wanted(fresh):
        return
    AwardRun.objects.filter(pk=run.pk).update(sharing_asked_at=None, **found.columns)
    ListPrice.objects.bulk_create(found.price_list)
    Share.objects.bulk_create(found.shares)
    record(
        "awards.carry_out_sharing",
        fresh,
        actor=run.requested_by,
        at=at,
        shares_sha256=digest(str(found.columns["shares_file"])),
    )
