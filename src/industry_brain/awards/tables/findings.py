"""What an award claims, said neither more strongly nor more weakly than it was proved."""

from __future__ import annotations

from django.utils.translation import gettext as _

from industry_brain.awards.models import AwardRun
from industry_brain.awards.states import RunState
from industry_brain.awards.templatetags.awards_tags import gap
from industry_brain.web.formats import money


def bound_sentence(run: AwardRun) -> str:
    """Say below what no award lies, and who says so."""
    if run.is_bound_proved:
        return _("nothing costs less than {bound}").format(bound=money(run.bound))
    return _("nothing costs less than {bound}: stated by the solver, not proved").format(
        bound=money(run.bound)
    )


def proof_sentence(run: AwardRun) -> str:
    """Say how near to the least cost an award is known to be, and by whom."""
    if run.state == RunState.PROVED:
        return _("proved least cost")
    if run.is_bound_proved:
        return _("gap {gap}").format(gap=gap(run.gap_ppb))
    return _("gap {gap}, stated by the solver, not proved").format(gap=gap(run.gap_ppb))


def impossible_sentence(run: AwardRun) -> str:
    """Say who vouches that there is no award."""
    if run.is_bound_proved:
        return _("That no award is possible is proved; the proof was checked.")
    return _("That no award is possible is stated by the solver, not proved.")


def fairness_sentence(run: AwardRun) -> str:
    """Say what groups of members could gain apart, to the cent."""
    if not run.is_shared:
        return _("not shared yet")
    if not run.worst_regret:
        return _("no group of members would do better apart")
    if run.is_stable:
        return _(
            "no group of members would do better apart by more than {regret} ({part} of the bill)"
        ).format(regret=money(run.worst_regret), part=_part(run))
    return _("some group could gain up to {regret} apart").format(regret=money(run.worst_regret))


def unshared_sentence(run: AwardRun) -> str:
    """Say why a checked award has no shares, in the reader's language."""
    return _(run.unshared).format(**run.unshared_facts) if run.unshared else ""


def _part(run: AwardRun) -> str:
    """Write the largest gain as a share of the bill, never rounded down."""
    return gap(-(-(run.worst_regret or 0) * 10**9 // run.landed_cost)) if run.landed_cost else ""
