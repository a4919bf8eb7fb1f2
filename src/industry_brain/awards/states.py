"""The life of an award run.

queued ──▶ solving ──▶ proved | within_gap | infeasible | failed
   └──────────┴──▶ stopped (nothing found before it was stopped)
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from industry_brain.kernel.lifecycle import Lifecycle


class RunState(models.TextChoices):
    """Where a computation of an award stands."""

    QUEUED = "queued", _("waiting for a worker")
    SOLVING = "solving", _("computing")
    PROVED = "proved", _("proved least cost")
    WITHIN_GAP = "within_gap", _("within a stated gap")
    INFEASIBLE = "infeasible", _("no award possible")
    STOPPED = "stopped", _("stopped before any award")
    FAILED = "failed", _("failed")


RUN_LIFECYCLE = Lifecycle(
    {
        RunState.QUEUED: frozenset({RunState.SOLVING, RunState.STOPPED, RunState.FAILED}),
        RunState.SOLVING: frozenset(
            {
                RunState.SOLVING,
                RunState.QUEUED,
                RunState.PROVED,
                RunState.WITHIN_GAP,
                RunState.INFEASIBLE,
                RunState.STOPPED,
                RunState.FAILED,
            }
        ),
        RunState.PROVED: frozenset(),
        RunState.WITHIN_GAP: frozenset(),
        RunState.INFEASIBLE: frozenset(),
        RunState.STOPPED: frozenset(),
        RunState.FAILED: frozenset(),
    }
)

RUNNING = (RunState.QUEUED, RunState.SOLVING)
WITH_AWARD = (RunState.PROVED, RunState.WITHIN_GAP)


class BoundSource(models.TextChoices):
    """Who says that no award costs less than the bound, or that there is none."""

    CERTIFICATE = "certificate", _("a certificate that was checked")
    SOLVER = "solver", _("the solver alone")


class RunPhase(models.TextChoices):
    """What a running computation is doing."""

    READING = "reading", _("reading the bids")
    SOLVING = "solving", _("searching for the cheapest award")
    PROVING = "proving", _("proving the bound")
    SHARING = "sharing", _("sharing the cost")
    COMPARING = "comparing", _("comparing with other ways to buy")
    DONE = "done", _("done")
