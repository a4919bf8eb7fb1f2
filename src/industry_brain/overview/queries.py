"""Figures of the whole cluster, and what waits for a person.

Totals are open to everybody who signs in; a single firm's rows are not shown here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from industry_brain.accounts.models import User
from industry_brain.awards.models import Approval, AwardRun, Share
from industry_brain.awards.states import WITH_AWARD
from industry_brain.catalogue.models import Material
from industry_brain.catalogue.queries import materials
from industry_brain.firms.models import Firm
from industry_brain.firms.queries import firms_seen_by, members
from industry_brain.rounds.models import Round
from industry_brain.rounds.queries import rounds_seen_by
from industry_brain.rounds.states import RoundState

HITS = 20
LAST_ROUNDS = 12
UNDER_WAY = [
    state.value
    for state in RoundState
    if state not in (RoundState.DRAFT, RoundState.FINAL, RoundState.CANCELLED)
]


@dataclass(frozen=True)
class ClusterFigures:
    """What the cluster has done together so far: counts, grams, fen, millionths.

    ``saved`` is against what the members would have paid alone under the same bids, summed
    over those who could have bought alone; ``saved_ppm`` is its share of that sum.
    """

    members: int
    rounds_under_way: int
    bought: int
    traded: int
    saved: int
    saved_ppm: int


@dataclass(frozen=True)
class RoundFigures:
    """One awarded round in totals: grams, fen paid, fen that the members would have paid alone."""

    round: Round
    quantity: int
    paid: int
    alone: int


@dataclass(frozen=True)
class Hits:
    """What a search found, at most a screenful of each."""

    rounds: Sequence[Round]
    materials: Sequence[Material]
    firms: Sequence[Firm]


def approved_runs() -> QuerySet[AwardRun]:
    """The award of every round that has one: checked, and approved by two people."""
    signed = Approval.objects.order_by().values("run").annotate(signatures=Count("pk"))
    return AwardRun.objects.filter(
        state__in=WITH_AWARD,
        round__state__in=[RoundState.AWARDED, RoundState.FINAL],
        pk__in=signed.filter(signatures__gte=2).values("run"),
    )


def awarded_rounds(*, seen_by: User) -> list[RoundFigures]:
    """Totals of the last twelve awarded rounds that the person may know of, oldest first."""
    known = rounds_seen_by(seen_by).order_by().values("pk")
    # only the keys: a run carries its files, which are long
    approved = approved_runs().filter(round__in=known).order_by("-round__awarded_at", "-pk")
    keys = list(approved.values_list("pk", flat=True)[:LAST_ROUNDS])
    runs = AwardRun.objects.filter(pk__in=keys).select_related("round").only("round")
    runs = runs.order_by("round__awarded_at", "pk")
    by_run = {row["run"]: row for row in _share_sums(runs)}
    return [
        RoundFigures(run.round, row["bought"] or 0, row["paid"] or 0, row["alone"] or 0)
        for run in runs
        if (row := by_run.get(run.pk)) is not None
    ]


def cluster_figures() -> ClusterFigures:
    """What the cluster has bought and saved together."""
    rows = list(_share_sums(approved_runs()))
    alone = sum(row["alone"] or 0 for row in rows)
    saved = alone - sum(row["paid_by_comparable"] or 0 for row in rows)
    return ClusterFigures(
        members=members().count(),
        rounds_under_way=Round.objects.filter(state__in=UNDER_WAY).count(),
        bought=sum(row["bought"] or 0 for row in rows),
        traded=sum(row["paid"] or 0 for row in rows),
        saved=saved,
        saved_ppm=saved * 1_000_000 // alone if alone else 0,
    )


def rounds_to_look_at(actor: User) -> QuerySet[Round]:
    """Rounds under way that the actor sees, those with the nearest deadline first."""
    return (
        rounds_seen_by(actor).filter(state__in=[*UNDER_WAY, RoundState.DRAFT]).order_by("bids_close_at", "pk")
    )


def search(text: str, *, seen_by: User) -> Hits:
    """Find rounds, materials and firms that the person may see by a piece of text."""
    found = Q(title__icontains=text) | Q(title_en__icontains=text) | Q(reference__icontains=text)
    named = Q(name__icontains=text) | Q(name_en__icontains=text) | Q(reference__icontains=text)
    return Hits(
        rounds=list(rounds_seen_by(seen_by).filter(found)[:HITS]),
        materials=list(materials(containing=text)[:HITS]),
        firms=list(firms_seen_by(seen_by).filter(named)[:HITS]),
    )


def _share_sums(runs: QuerySet[AwardRun]) -> Iterable[Mapping[str, Any]]:
    comparable = Q(stand_alone__isnull=False)
    sums = Share.objects.filter(run__in=runs.values("pk")).order_by().values("run")
    return sums.annotate(
        bought=Sum("quantity"),
        paid=Sum("payment"),
        alone=Sum("stand_alone"),
        paid_by_comparable=Sum(F("payment"), filter=comparable),
    )
