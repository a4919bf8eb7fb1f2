"""Runs as rows, and everything a run's own page says besides figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import organisation_ids
from industry_brain.accounts.states import Role
from industry_brain.awards.engine import references_in, term_sentence
from industry_brain.awards.models import AwardRun, Share
from industry_brain.awards.operations.deciding import NEEDED
from industry_brain.awards.permissions import may_lead, may_see_all, may_see_totals
from industry_brain.awards.queries import approvals_of, bidders_seen_by, cover_of, get_first_share
from industry_brain.awards.states import RUNNING, WITH_AWARD, RunState
from industry_brain.awards.tables.findings import (
    bound_sentence,
    fairness_sentence,
    impossible_sentence,
    proof_sentence,
    unshared_sentence,
)
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Item
from industry_brain.rounds.states import RoundState
from industry_brain.web.formats import moment

SORTS: dict[str, str | Sequence[str]] = {
    "reference": "reference",
    "round": "round__reference",
    "state": "state",
    "requested": "requested_at",
    "cost": "landed_cost",
    "gap": "gap_ppb",
}
TONES = {
    RunState.QUEUED: "info",
    RunState.SOLVING: "brand",
    RunState.PROVED: "good",
    RunState.WITHIN_GAP: "warn",
    RunState.INFEASIBLE: "bad",
    RunState.STOPPED: "warn",
    RunState.FAILED: "bad",
}
FILES: dict[str, str | Promise] = {
    "round": gettext_lazy("Round: demands, bids and rules"),
    "award": gettext_lazy("Award: who delivers what to whom"),
    "proof": gettext_lazy("Proof that nothing is cheaper"),
    "shares": gettext_lazy("Shares: what each member pays"),
}


@dataclass(frozen=True)
class RunRow:
    """One line of the list; ``own`` is the visitor's own payment where there is one."""

    run: AwardRun
    label: str
    tone: str
    total: int | None
    own: int | None


def runs_asked(asked: Mapping[str, str], runs: QuerySet[AwardRun]) -> QuerySet[AwardRun]:
    """Filter runs as the address asks."""
    if asked.get("round"):
        runs = runs.filter(round__reference=asked["round"][:20])
    if asked.get("state") in RunState.values:
        runs = runs.filter(state=asked["state"])
    return runs


def run_rows(runs: Sequence[AwardRun], actor: User) -> list[RunRow]:
    """Join runs with what the actor may see of them (one query more, however many)."""
    own = Share.objects.filter(run__in=[run.pk for run in runs], run__approved_at__isnull=False)
    paid: dict[int, int] = {}
    for share in own.filter(member__in=organisation_ids(actor, Role.MEMBER)):
        paid[share.run_id] = paid.get(share.run_id, 0) + share.payment
    return [
        RunRow(
            run,
            state_label(run),
            state_tone(run),
            run.landed_cost if may_see_totals(actor, run) else None,
            paid.get(run.pk),
        )
        for run in runs
    ]


def state_label(run: AwardRun) -> str:
    """Say where a run stands, approval included."""
    if run.set_aside_at is not None:
        return _("set aside")
    if run.approved_at is not None:
        return _("approved")
    return str(RunState(run.state).label)


def state_tone(run: AwardRun) -> str:
    """Name the tone of where a run stands."""
    return "" if run.set_aside_at is not None else TONES[RunState(run.state)]


def failure_sentence(run: AwardRun) -> str:
    """Why a run has no award, in the reader's language."""
    return _(run.failure).format(**run.failure_facts) if run.failure else ""


Names = Mapping[int, Mapping[str, str]]


def names_in(runs: Iterable[AwardRun]) -> Names:
    """Collect what conflicts name by reference, by round: two queries, however many runs."""
    impossible = [run for run in runs if run.conflicts]
    if not impossible:
        return {}
    references = {reference for run in impossible for reference in references_in(run.conflicts)}
    firms = {firm.reference: str(firm) for firm in Firm.objects.filter(reference__in=references)}
    names: dict[int, dict[str, str]] = {run.round_id: dict(firms) for run in impossible}
    for item in Item.objects.filter(round__in=names).select_related("material", "place"):
        names[item.round_id][item.code] = f"{item.material} · {item.place}"
    return names


def conflict_sentences(run: AwardRun, kind: str, names: Names | None = None) -> list[str]:
    """Say what cannot hold together (``conflict``), or what would help (``relaxation``)."""
    terms = [term for term in run.conflicts if term["kind"] == kind]
    if not terms:
        return []
    known = names_in([run]) if names is None else names
    return [term_sentence(term, known.get(run.round_id, {})) for term in terms]


def run_facts(run: AwardRun, actor: User, at: datetime) -> dict[str, Any]:
    """Collect what every page of one run needs to know."""
    round_, lead, everything = run.round, may_lead(actor, run), may_see_all(actor, run)
    approvals = list(approvals_of(run)) if everything else []
    open_to_decide = (
        run.state in WITH_AWARD and run.set_aside_at is None and round_.state == RoundState.AWARDING
    )
    until = round_.standstill_until
    names = names_in([run])
    shared = run.is_shared
    bought, wanted = cover_of(run) if may_see_totals(actor, run) else (None, None)
    return {
        "run": run,
        "round": round_,
        "label": state_label(run),
        "tone": state_tone(run),
        "is_running": run.state in RUNNING,
        "has_award": run.state in WITH_AWARD,
        "seconds": _seconds(run, at),
        "gap_ppm": None if run.gap_ppb is None else -(-run.gap_ppb // 1000),
        "failure": failure_sentence(run),
        "conflicts": conflict_sentences(run, "conflict", names),
        "relaxations": conflict_sentences(run, "relaxation", names),
        "sees_all": everything,
        "sees_totals": may_see_totals(actor, run),
        "may_lead": lead,
        "may_decide": lead and open_to_decide,
        "fairness": fairness_sentence(run),
        "bound_said": bound_sentence(run),
        "proof_said": proof_sentence(run),
        "impossible_said": impossible_sentence(run),
        "unshared": unshared_sentence(run),
        "is_sharing": not shared and run.is_sharing(at),
        "may_share": lead and open_to_decide and not shared and not run.is_sharing(at),
        "may_sign": lead
        and open_to_decide
        and shared
        and all(row.person_id != actor.pk for row in approvals),
        "may_finalise": lead and run.approved_at is not None and round_.state == RoundState.AWARDED,
        "standstill_over": until is not None and at >= until,
        "approvals": approvals,
        "approvals_missing": max(0, NEEDED - len(approvals)),
        "bought": bought,
        "wanted": wanted,
        "unfilled": None if wanted is None or bought is None else wanted - bought,
    }


def _seconds(run: AwardRun, at: datetime) -> int:
    begin, end = run.started_at or run.requested_at, run.finished_at or at
    return max(0, int((end - begin).total_seconds()))


def tabs_of(run: AwardRun, actor: User, active: str) -> list[dict[str, Any]]:
    """List the parts of an award that the actor may open."""
    tabs: list[tuple[str, str, str]] = [("detail", _("Award"), "awards:run_detail")]
    if run.state in WITH_AWARD:
        if may_see_all(actor, run):
            tabs.append(("matrix", _("Matrix"), "awards:award_matrix"))
            tabs.append(("shares", _("Shares"), "awards:run_shares"))
        if get_first_share(run, actor) is not None:
            tabs.append(("my_share", _("My share"), "awards:my_share"))
        bids = organisation_ids(actor, Role.SUPPLIER)
        if bids and bidders_seen_by(run, actor).filter(pk__in=bids).exists():
            tabs.append(("my_result", _("My result"), "awards:my_result"))
    return [
        {"label": label, "url": reverse(name, args=[run.reference]), "active": code == active}
        for code, label, name in tabs
    ]


def files_of(run: AwardRun) -> list[dict[str, Any]]:
    """List the files of a run with their sizes."""
    lengths = (
        AwardRun.objects.filter(pk=run.pk).values_list(*(Length(f"{kind}_file") for kind in FILES)).get()
    )
    return [
        {"kind": kind, "label": label, "kilobytes": -(-length // 1024)}
        for (kind, label), length in zip(FILES.items(), lengths, strict=True)
        if length
    ]


def steps_of(run: AwardRun) -> list[dict[str, Any]]:
    """From the request to the final award."""
    round_ = run.round
    moments = [
        (_("Requested"), run.requested_at),
        (_("Computed and checked"), run.checked_at),
        (_("Approved by two people"), run.approved_at),
        (_("Standstill over"), round_.standstill_until if run.approved_at else None),
        (_("Final"), round_.final_at if run.approved_at else None),
    ]
    done = [at is not None for _label, at in moments]
    done[1] = done[1] and run.state in WITH_AWARD
    done[3] = done[4]
    current = done.index(False) if False in done else -1
    ended = run.finished_at is not None and run.state not in WITH_AWARD
    failed = ended or run.set_aside_at is not None
    return [
        {
            "label": label,
            "state": "done" if done[place] else _current(failed) if place == current else "todo",
            "when": moment(at) if at else "",
        }
        for place, (label, at) in enumerate(moments)
    ]


def _current(failed: bool) -> str:
    return "failed" if failed else "current"
