"""Awards through the REST API."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header, Router, Schema, Status

from industry_brain.accounts.requests import user_of
from industry_brain.awards import operations, queries
from industry_brain.awards.models import AwardRun, Share
from industry_brain.awards.permissions import may_see_all, may_see_totals
from industry_brain.awards.states import RunState
from industry_brain.awards.tables import conflict_sentences, failure_sentence, names_in, unshared_sentence
from industry_brain.awards.tables.runs import Names
from industry_brain.kernel.idempotency import once
from industry_brain.kernel.money import yuan_from_fen
from industry_brain.kernel.quantity import tonnes_from_grams
from industry_brain.rounds.queries import get_round

router = Router(tags=["awards"])
MOST_OFFSET = 1_000_000_000  # databases count no further than whole numbers of 64 bits


class RunOut(Schema):
    """One award run; amounts are yuan as text, empty where the reader may not see them.

    ``bound_source``: ``certificate`` where a proof of the bound, or of there being no award, was checked;
    ``solver`` where only the solver says so.  ``unshared`` says why a checked award has no shares.
    """

    reference: str
    round: str
    state: RunState
    phase: str
    requested_at: datetime
    finished_at: datetime | None
    approved_at: datetime | None
    set_aside_at: datetime | None
    best_cost: str | None
    lower_bound: str | None
    bound_source: str | None
    gap: str | None
    evaluated_cost: str | None
    landed_cost: str | None
    stable: bool | None
    worst_regret: str | None
    unshared: str
    failure: str
    conflicts: list[str]
    relaxations: list[str]


class StartIn(Schema):
    """Which round to award, and how long to search at most."""

    round: str
    limit_seconds: int = operations.USUAL_SECONDS


class ReasonIn(Schema):
    """A reason that stands in the minutes."""

    reason: str


class ShareOut(Schema):
    """What one member pays; yuan and tonnes as text."""

    run: str
    member: str
    quantity: str
    payment: str
    credit: str
    stand_alone: str | None
    saving: str | None
    stable: bool | None
    worst_regret: str | None


@router.get("/", response=list[RunOut])
def list_runs(
    request: HttpRequest,
    round: str = "",  # noqa: A002 - the parameter's public name
    limit: int = 50,
    offset: int = 0,
) -> list[dict[str, Any]]:
    """Give awards that the reader may see, newest first; at most 200 at a time."""
    actor = user_of(request)
    runs = queries.runs_seen_by(actor)
    if round:
        runs = runs.filter(round__reference=round)
    start = max(0, min(offset, MOST_OFFSET))
    shown = list(runs[start : start + max(1, min(limit, 200))])
    names = names_in(shown)
    return [_run(run, request, names) for run in shown]


@router.post("/", response={201: RunOut})
def start_run(
    request: HttpRequest,
    body: StartIn,
    idempotency_key: str | None = Header(None, alias="Idempotency-Key"),  # type: ignore[type-arg]  # ninja's own
) -> Status[dict[str, Any]]:
    """Begin to work out the award of an opened round; a worker carries it out."""
    actor, at = user_of(request), timezone.now()
    round_ = get_round(body.round, seen_by=actor)

    def carry_out() -> dict[str, Any]:
        run = operations.start_award(round_, limit_seconds=body.limit_seconds, actor=actor, at=at)
        return {"run": run.reference}

    answer = once(
        idempotency_key,
        actor=actor.username,
        request=["start_award", body.round, body.limit_seconds],
        at=at,
        carry_out=carry_out,
    )
    return Status(201, _run(queries.get_run(answer["run"], seen_by=actor), request))


@router.get("/{reference}", response=RunOut)
def get_run(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Give one award."""
    return _run(queries.get_run(reference, seen_by=user_of(request)), request)


@router.post("/{reference}/stop", response=RunOut)
def stop_run(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Stop the search; the best award so far is kept."""
    run = queries.get_result(reference, seen_by=user_of(request))
    return _run(operations.stop_award(run, actor=user_of(request), at=timezone.now()), request)


@router.post("/{reference}/approve", response=RunOut)
def approve_run(request: HttpRequest, reference: str, body: ReasonIn) -> dict[str, Any]:
    """Agree to the award; two different people have to."""
    run = queries.get_result(reference, seen_by=user_of(request))
    operations.approve_award(run, reason=body.reason, actor=user_of(request), at=timezone.now())
    return _run(queries.get_run(reference, seen_by=user_of(request)), request)


@router.post("/{reference}/share", response=RunOut)
def share_run(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Ask for the shares of a checked award that has none; a worker carries it out."""
    run = queries.get_result(reference, seen_by=user_of(request))
    return _run(operations.share_award(run, actor=user_of(request), at=timezone.now()), request)


@router.post("/{reference}/set-aside", response=RunOut)
def set_run_aside(request: HttpRequest, reference: str, body: ReasonIn) -> dict[str, Any]:
    """Do without this award; the round goes back to its opened bids."""
    run = queries.get_result(reference, seen_by=user_of(request))
    done = operations.set_award_aside(run, reason=body.reason, actor=user_of(request), at=timezone.now())
    return _run(done, request)


@router.post("/{reference}/finalise", response=RunOut)
def finalise_run(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Make the award final after the standstill."""
    run = queries.get_result(reference, seen_by=user_of(request))
    return _run(operations.finalise_award(run, actor=user_of(request), at=timezone.now()), request)


@router.get("/{reference}/files/{kind}", response={200: dict[str, Any]})
def get_file(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Give a file of the round format (``round``, ``award``, ``proof``, ``shares``), byte for byte."""
    run = queries.get_result(reference, seen_by=user_of(request))
    return HttpResponse(queries.file_of(run, kind), content_type="application/json")


@router.get("/{reference}/shares", response=list[ShareOut])
def list_shares(request: HttpRequest, reference: str) -> list[dict[str, Any]]:
    """Give the shares that the reader may see: everybody's for overseers, else one's own."""
    run = queries.get_run(reference, seen_by=user_of(request))
    return [_share(run, share) for share in queries.shares_seen_by(run, user_of(request))]


@router.get("/{reference}/my-share", response=ShareOut)
def my_share(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Give the share of the reader's own firm."""
    run = queries.get_run(reference, seen_by=user_of(request))
    return _share(run, queries.get_share(run, "", seen_by=user_of(request)))


def _run(run: AwardRun, request: HttpRequest, names: Names | None = None) -> dict[str, Any]:
    actor = user_of(request)
    everything, totals = may_see_all(actor, run), may_see_totals(actor, run)
    return {
        "reference": run.reference,
        "round": run.round.reference,
        "state": run.state,
        "phase": run.phase,
        "requested_at": run.requested_at,
        "finished_at": run.finished_at,
        "approved_at": run.approved_at,
        "set_aside_at": run.set_aside_at,
        "best_cost": _yuan(run.best_cost) if everything else None,
        "lower_bound": _yuan(run.bound) if everything else None,
        "bound_source": (run.bound_source or None) if totals else None,
        "gap": None if run.gap_ppb is None or not totals else f"{Decimal(run.gap_ppb).scaleb(-9):.9f}",
        "evaluated_cost": _yuan(run.evaluated_cost) if everything else None,
        "landed_cost": _yuan(run.landed_cost) if totals else None,
        "stable": run.is_stable if totals else None,
        "worst_regret": _yuan(run.worst_regret) if totals else None,
        "unshared": unshared_sentence(run) if everything else "",
        "failure": failure_sentence(run) if everything else "",
        "conflicts": conflict_sentences(run, "conflict", names) if everything else [],
        "relaxations": conflict_sentences(run, "relaxation", names) if everything else [],
    }


def _share(run: AwardRun, share: Share) -> dict[str, Any]:
    return {
        "run": run.reference,
        "member": share.member.reference,
        "quantity": str(tonnes_from_grams(share.quantity)),
        "payment": _yuan(share.payment),
        "credit": _yuan(share.credit),
        "stand_alone": _yuan(share.stand_alone),
        "saving": _yuan(share.saving),
        "stable": run.is_stable,
        "worst_regret": _yuan(run.worst_regret),
    }


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else str(yuan_from_fen(fen))
