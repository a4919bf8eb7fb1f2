"""Pictures of an award."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from industry_brain.awards.models import Allocation, AwardRun, Share
from industry_brain.awards.queries import baselines, points_of, shares_of, weights_by_member, weights_by_place
from industry_brain.web.charts import (
    Chart,
    CorridorRow,
    Flow,
    ProgressPoint,
    Step,
    corridor,
    progress,
    sankey,
    waterfall,
    weight_scale,
)


def progress_chart(run: AwardRun) -> Chart | None:
    """Show best cost and bound over the time of the search."""
    points = [ProgressPoint(p.milliseconds, p.best_cost, p.bound) for p in points_of(run)]
    return progress(_("Best award and proven bound"), points) if points else None


def bridge_chart(run: AwardRun) -> Chart | None:
    """From each baseline that is known for everybody down to what is paid together."""
    rows = [row for row in baselines(list(shares_of(run))) if row.is_complete]
    if not rows or run.landed_cost is None:
        return None
    steps = []
    for row, below in zip(rows, [*(r.baseline for r in rows[1:]), run.landed_cost], strict=True):
        change = below - row.baseline
        name = _("Saving") if change <= 0 else _("Added cost")
        steps += [Step(str(row.label), row.baseline, "total"), Step(name, change)]
    steps.append(Step(_("Together"), run.landed_cost, "total"))
    return waterfall(_("What buying together saves"), steps)


def flow_chart(run: AwardRun, by: str = "place") -> Chart | None:
    """Who delivers how much, to places or to members."""
    rows = weights_by_member(run) if by == "member" else weights_by_place(run)
    label = _("From suppliers to members") if by == "member" else _("From suppliers to delivery places")
    return sankey(label, [Flow(*row) for row in rows], scale=weight_scale()) if rows else None


def own_flow_chart(allocations: Sequence[Allocation]) -> Chart | None:
    """From whom one member's steel comes, by item."""
    flows = [Flow(str(row.supplier), str(row.demand.material), row.quantity) for row in allocations]
    return sankey(_("Where my steel comes from"), flows, scale=weight_scale()) if flows else None


def corridor_chart(shares: Sequence[Share]) -> Chart | None:
    """Show payments between what the tonnes add to the bill and what they would cost alone."""
    rows = [
        CorridorRow(str(share.member), share.marginal, share.stand_alone, share.payment)
        for share in shares
        if share.marginal is not None and share.stand_alone is not None
    ]
    names = (_("Added to the pool's bill"), _("Alone"), _("Payment"))
    return corridor(_("Payments between two bounds of fairness"), rows, names=names) if rows else None


def share_chart(share: Share) -> Chart | None:
    """One member's corridor."""
    return corridor_chart([share])
