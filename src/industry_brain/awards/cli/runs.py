"""``brain awards …``: start, stop, show, approve and finalise awards on the platform."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone
from django.utils.translation import gettext as _

from industry_brain.accounts.queries import get_user
from industry_brain.awards import operations, queries
from industry_brain.awards.models import AwardRun
from industry_brain.awards.states import RunState
from industry_brain.awards.tables import (
    bound_sentence,
    conflict_sentences,
    failure_sentence,
    impossible_sentence,
    state_label,
    unshared_sentence,
)
from industry_brain.awards.templatetags.awards_tags import gap
from industry_brain.kernel.money import yuan_from_fen
from industry_brain.rounds.queries import get_round
from industry_brain.web.formats import money, tonnes

app = typer.Typer(help="Awards of rounds.", no_args_is_help=True)
As = Annotated[str, typer.Option("--as", help="User name to act as.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("start")
def start(
    round_: Annotated[str, typer.Argument(metavar="ROUND")],
    as_: As,
    seconds: Annotated[int, typer.Option(help="Search at most so long.")] = operations.USUAL_SECONDS,
) -> None:
    """Begin to work out the award of an opened round; a worker carries it out."""
    actor = get_user(as_)
    run = operations.start_award(
        get_round(round_, seen_by=actor), limit_seconds=seconds, actor=actor, at=timezone.now()
    )
    typer.echo(run.reference)


@app.command("list")
def list_(as_: As, round_: Annotated[str, typer.Option("--round")] = "") -> None:
    """List the awards that the person may see."""
    runs = queries.runs_seen_by(get_user(as_))
    for run in runs.filter(round__reference=round_) if round_ else runs:
        typer.echo(f"{run.reference:<14} {run.round.reference:<14} {state_label(run)}")


@app.command("show")
def show(reference: str, as_: As, as_json: AsJson = False) -> None:
    """Show one award; exit status 1 where it has ended without one."""
    actor = get_user(as_)
    run = queries.get_result(reference, seen_by=actor)
    typer.echo(json.dumps(_data(run), ensure_ascii=False, indent=1) if as_json else _words(run))
    if run.finished_at is not None and run.landed_cost is None:
        raise typer.Exit(1)


@app.command("shares")
def shares(reference: str, as_: As) -> None:
    """List what members pay: everybody for overseers, one's own firm for members."""
    actor = get_user(as_)
    run = queries.get_run(reference, seen_by=actor)
    for share in queries.shares_seen_by(run, actor):
        typer.echo(
            f"{share.member.reference:<10} {tonnes(share.quantity):>14} t {money(share.payment):>20} "
            f"{money(share.stand_alone):>20}  {share.member}"
        )


@app.command("stop")
def stop(reference: str, as_: As) -> None:
    """Stop the search; the best award so far is kept."""
    actor = get_user(as_)
    run = queries.get_result(reference, seen_by=actor)
    typer.echo(state_label(operations.stop_award(run, actor=actor, at=timezone.now())))


@app.command("share")
def share(reference: str, as_: As) -> None:
    """Ask for the shares of a checked award that has none; a worker carries it out."""
    actor = get_user(as_)
    run = queries.get_result(reference, seen_by=actor)
    typer.echo(state_label(operations.share_award(run, actor=actor, at=timezone.now())))


@app.command("approve")
def approve(
    reference: str, as_: As, reason: Annotated[str, typer.Option(help="Stands in the minutes.")]
) -> None:
    """Agree to the award; two different people have to."""
    actor = get_user(as_)
    run = queries.get_result(reference, seen_by=actor)
    operations.approve_award(run, reason=reason, actor=actor, at=timezone.now())
    typer.echo(state_label(queries.progress_of(run)))


@app.command("set-aside")
def set_aside(
    reference: str, as_: As, reason: Annotated[str, typer.Option(help="Stands in the minutes.")]
) -> None:
    """Do without this award; the round goes back to its opened bids."""
    actor = get_user(as_)
    run = queries.get_result(reference, seen_by=actor)
    typer.echo(state_label(operations.set_award_aside(run, reason=reason, actor=actor, at=timezone.now())))


@app.command("finalise")
def finalise(reference: str, as_: As) -> None:
    """Make the award final after the standstill."""
    actor = get_user(as_)
    run = queries.get_result(reference, seen_by=actor)
    operations.finalise_award(run, actor=actor, at=timezone.now())
    typer.echo(_("{run} is final.").format(run=run))


@app.command("file")
def file(
    reference: str,
    kind: Annotated[str, typer.Argument(help="round, award, proof or shares.")],
    as_: As,
    output: Annotated[Path | None, typer.Option(help="Write here instead of to the terminal.")] = None,
) -> None:
    """Give a file of the round format, byte for byte as it was checked."""
    run = queries.get_result(reference, seen_by=get_user(as_))
    text = queries.file_of(run, kind)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


@app.command("recover")
def recover() -> None:
    """Queue again the computations whose worker died."""
    for run in operations.recover_stalled_runs(at=timezone.now()):
        typer.echo(run.reference)


def _data(run: AwardRun) -> dict[str, Any]:
    fen = {
        "lower_bound": run.bound,
        "evaluated_cost": run.evaluated_cost,
        "landed_cost": run.landed_cost,
        "worst_regret": run.worst_regret,
    }
    return {
        "reference": run.reference,
        "round": run.round.reference,
        "state": run.state,
        **{name: None if amount is None else str(yuan_from_fen(amount)) for name, amount in fen.items()},
        "bound_source": run.bound_source,
        "gap": gap(run.gap_ppb),
        "stable": run.is_stable,
        "round_sha256": run.round_sha256,
        "unshared": unshared_sentence(run),
        "failure": failure_sentence(run),
        "conflicts": conflict_sentences(run, "conflict"),
        "relaxations": conflict_sentences(run, "relaxation"),
    }


def _words(run: AwardRun) -> str:
    lines = [
        f"{run.reference}  {run.round}",
        _("State: {state}").format(state=state_label(run)),
    ]
    if run.landed_cost is not None:
        lines.append(
            _("Landed cost {cost}; {bound} (gap {gap}).").format(
                cost=money(run.landed_cost), bound=bound_sentence(run), gap=gap(run.gap_ppb)
            )
        )
    if run.state == RunState.INFEASIBLE:
        lines.append(impossible_sentence(run))
    lines += [text for text in (unshared_sentence(run),) if text]
    lines += [text for text in (failure_sentence(run),) if text]
    lines += [f"- {text}" for text in conflict_sentences(run, "conflict")]
    lines += [f"+ {text}" for text in conflict_sentences(run, "relaxation")]
    return "\n".join(lines)
