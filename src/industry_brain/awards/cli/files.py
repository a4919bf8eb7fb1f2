"""``brain award``, ``brain share``, ``brain check``: round files, without database and platform.

Exit status: 0 fine; 1 no award, or something does not hold; 2 a file is bad.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from brain_engines.awards.check_proof import check_proof
from brain_engines.awards.io import (
    BadFile,
    read_award,
    read_proof,
    read_round,
    round_sha256,
    write_award,
    write_proof,
)
from brain_engines.awards.problem import Award, AwardStatus, Conflict, Relaxation, Round
from brain_engines.awards.solve import BoundSource, Limits, NoAwardYet, Progress, Solution, find
from brain_engines.awards.verify import Unsound, verify
from brain_engines.milp import SolverFailed
from brain_engines.sharing.io import read_shares, write_shares
from brain_engines.sharing.problem import Shares, SharingLimits, SharingProgress, SharingRefused, SharingRule
from brain_engines.sharing.solve import share as share_bill
from brain_engines.sharing.verify import Unconfirmed as UnconfirmedShares
from brain_engines.sharing.verify import Unsound as UnsoundShares
from brain_engines.sharing.verify import verify as verify_shares
from industry_brain.awards.engine import fault_sentence, term_sentence

files = typer.Typer()
T = TypeVar("T")
REFUSED, BAD_INPUT = 1, 2
MOST_BYTES = 64 * 1024 * 1024

RoundFile = Annotated[Path, typer.Argument(metavar="ROUND.json")]
AwardFile = Annotated[Path, typer.Argument(metavar="AWARD.json")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@files.command()
def award(
    round_file: RoundFile,
    output: Annotated[Path | None, typer.Option(help="Write the award here.")] = None,
    proof: Annotated[Path | None, typer.Option(help="Write the proof of the bound here.")] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="Search at most so long.")] = 300.0,
    as_json: AsJson = False,
) -> None:
    """Work out the cheapest award of a round file, prove it, check it, and write it."""
    round_ = _read(round_file, read_round)
    try:
        with _progress() as tell, _solver_failures():
            solution = find(round_, limits=Limits(seconds=seconds), on_progress=_on_search(tell))
    except NoAwardYet as none_yet:
        _complain(
            _(
                "No award was found in {seconds} s; none can cost less than {bound}. Allow more seconds."
            ).format(seconds=f"{seconds:g}", bound=none_yet.bound)
        )
        raise typer.Exit(REFUSED) from none_yet
    with _solver_failures():
        _confirm(round_, solution)
    _write(output, write_award(solution.award))
    if proof is not None and solution.proof is not None:
        _write(proof, write_proof(solution.proof))
    if as_json:
        typer.echo(json.dumps(_award_data(solution), ensure_ascii=False, indent=1))
    else:
        _say_award(solution.award, proved=solution.bound_source is BoundSource.CERTIFICATE)
    if solution.award.status is AwardStatus.INFEASIBLE:
        raise typer.Exit(REFUSED)


@files.command()
def share(  # noqa: PLR0913, PLR0917 - the parameters of a command
    round_file: RoundFile,
    award_file: AwardFile,
    output: Annotated[Path | None, typer.Option(help="Write the shares here.")] = None,
    rule: Annotated[SharingRule, typer.Option(help="How the bill is split.")] = SharingRule.PRICE_LIST,
    seconds: Annotated[float, typer.Option(min=0.1, help="Search at most so long.")] = 120.0,
    as_json: AsJson = False,
) -> None:
    """Split an award's bill so that no group of members would do better apart, and check the split."""
    round_, awarded = _read(round_file, read_round), _read(award_file, read_award)
    _refuse_unsound(lambda: verify(round_, awarded))
    try:
        with _progress() as tell, _solver_failures():
            found = share_bill(
                round_,
                awarded,
                rule=rule,
                limits=SharingLimits(seconds=seconds),
                on_progress=_on_sharing(tell),
            )
    except SharingRefused as refused:
        _complain(str(refused))
        raise typer.Exit(REFUSED) from refused
    _refuse_unsound(lambda: verify_shares(round_, awarded, found.shares))
    _write(output, write_shares(found.shares))
    if as_json:
        typer.echo(json.dumps(_shares_data(found.shares), ensure_ascii=False, indent=1))
    else:
        _say_shares(round_, found.shares)


@files.command()
def check(
    round_file: RoundFile,
    award_file: AwardFile,
    shares_file: Annotated[Path | None, typer.Argument(metavar="[SHARES.json]")] = None,
    proof: Annotated[Path | None, typer.Option(help="Check this proof of the bound, too.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check an award, its proof and its shares from first principles, trusting nobody."""
    round_, awarded = _read(round_file, read_round), _read(award_file, read_award)
    checked: list[str] = []
    _refuse_unsound(lambda: verify(round_, awarded))
    checked.append(_("The award keeps every rule of the round, and every amount in it is right."))
    if proof is not None:
        certificate = _read(proof, read_proof)
        _refuse_unsound(lambda: check_proof(round_, awarded, certificate))
        checked.append(
            _("The proof holds: no award is possible.")
            if awarded.status is AwardStatus.INFEASIBLE
            else _("The proof holds: no award costs less than {bound}.").format(
                bound=_comma(awarded.lower_bound)
            )
        )
    elif awarded.status is AwardStatus.INFEASIBLE:
        checked.append(_("That no award is possible was not checked; give the proof with --proof."))
    elif awarded.status is AwardStatus.OPTIMAL:
        checked.append(_("That nothing is cheaper was not checked; give the proof with --proof."))
    if shares_file is not None:
        shares = _read(shares_file, read_shares)
        _refuse_unsound(lambda: verify_shares(round_, awarded, shares))
        checked.append(
            _("The shares add up, and no group of members would gain more than {regret} apart.").format(
                regret=_comma(shares.worst_regret)
            )
        )
    if as_json:
        facts = {"sound": True, "round_sha256": round_sha256(round_), "proof_checked": proof is not None,
                 "shares_checked": shares_file is not None}  # fmt: skip
        typer.echo(json.dumps(facts, indent=1))
    else:
        for line in checked:
            typer.echo(line)


def _read(path: Path, reader: Callable[[bytes], T]) -> T:
    """Read a file strictly; exit with status 2 and the place of every fault."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        _complain(_("{path} cannot be read: {reason}").format(path=path, reason=error.strerror))
        raise typer.Exit(BAD_INPUT) from error
    try:
        return reader(content)
    except BadFile as bad:
        for problem in bad.errors[:50]:
            place = f"{problem.place}: " if problem.place else ""
            _complain(f"{path}: {place}{fault_sentence(problem)}")
        if len(bad.errors) > 50:
            _complain(_("… and {count} more.").format(count=len(bad.errors) - 50))
        raise typer.Exit(BAD_INPUT) from bad


def _write(path: Path | None, text: str) -> None:
    if path is None:
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        _complain(_("{path} cannot be written: {reason}").format(path=path, reason=error.strerror))
        raise typer.Exit(BAD_INPUT) from error


def _confirm(round_: Round, solution: Solution) -> None:
    """Show no figure that the checkers do not accept."""
    verify(round_, solution.award)
    if solution.proof is not None:
        check_proof(round_, solution.award, solution.proof)


@contextmanager
def _solver_failures() -> Iterator[None]:
    """Say in a sentence that the solver gave up; exit with status 1."""
    try:
        yield
    except SolverFailed as failed:
        _complain(
            _("The solver ended without an answer ({reason}). That says nothing about the files.").format(
                reason=failed
            )
        )
        raise typer.Exit(REFUSED) from failed


def _refuse_unsound(run: Callable[[], object]) -> None:
    try:
        with _solver_failures():
            run()
    except UnconfirmedShares as unconfirmed:
        _complain(
            _("This could not be confirmed in time; it may hold all the same. {place}: {what}.").format(
                place=unconfirmed.place, what=unconfirmed.what
            )
        )
        raise typer.Exit(REFUSED) from unconfirmed
    except (Unsound, UnsoundShares) as unsound:
        _complain(
            _("This does not hold. {place}: {what}: stated {stated}, right is {right}.").format(
                place=unsound.place, what=unsound.what, stated=unsound.stated, right=unsound.right
            )
        )
        raise typer.Exit(REFUSED) from unsound


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Show a moving line on a terminal, and nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _text: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_("reading"))
        yield lambda text: bar.update(task, description=text)


def _on_search(tell: Callable[[str], None]) -> Callable[[Progress], None]:
    def told(progress: Progress) -> None:
        best = _cents(progress.best, ROUND_CEILING)
        gap = "…" if progress.gap > 1e6 else f"{progress.gap:.4%}"
        phase = _("proving the bound") if progress.phase == "proof" else _("searching")
        tell(
            _("{phase}: best {best}, at least {bound}, gap {gap}").format(
                phase=phase, best=best, bound=_cents(progress.bound, ROUND_FLOOR), gap=gap
            )
        )

    return told


def _cents(amount: float, rounding: str) -> str:
    """Write a solver's float to the cent, a bound never too high; dots where nothing is known yet."""
    if abs(amount) >= 1e18:
        return "…"
    return f"{Decimal(str(amount)).quantize(Decimal('0.01'), rounding):,}"


def _on_sharing(tell: Callable[[str], None]) -> Callable[[SharingProgress], None]:
    def told(progress: SharingProgress) -> None:
        regret = "…" if progress.worst_regret is None else f"{progress.worst_regret:,.2f}"
        tell(
            _("sharing: {checks} searches over all groups, largest gain apart at most {regret}").format(
                checks=progress.checks, regret=regret
            )
        )

    return told


def _say_award(found: Award, *, proved: bool) -> None:
    if found.status is AwardStatus.INFEASIBLE:
        _complain(
            _("That no award is possible is proved; the proof was checked.")
            if proved
            else _("That no award is possible is stated by the solver, not proved.")
        )
        _complain(_("No award is possible. These cannot hold together:"))
        for conflict in found.conflicts:
            _complain(f"  {conflict.place}: {_term(conflict)}")
        for relaxation in found.relaxations:
            _complain("  " + _("would help: {term}").format(term=_term(relaxation)))
        return
    least = found.status is AwardStatus.OPTIMAL
    sentence = (
        _("{words}: evaluated {cost}, landed {landed}, nothing costs less than {bound}, gap {gap}")
        if proved
        else _(
            "{words}: evaluated {cost}, landed {landed}, nothing costs less than {bound} "
            "(stated by the solver, not proved), gap {gap}"
        )
    )
    typer.echo(
        sentence.format(
            words=_("proved least cost") if least else _("best found, not proved least"),
            cost=_comma(found.evaluated_cost),
            landed=_comma(found.landed_cost),
            bound=_comma(found.lower_bound),
            gap=f"{found.gap:.4%}",
        )
    )
    for line in found.lines:
        figures = f"{line.quantity:>12} {line.unit_price:>12} {_comma(line.landed):>16}"
        typer.echo(f"  {line.supplier:<12} {line.item:<36} {figures}")
    for package in found.packages:
        typer.echo(f"  {package.supplier:<12} {package.id}")
    for row in found.unfilled:
        text = _("unfilled: {member} {item} {quantity}")
        typer.echo("  " + text.format(member=row.member, item=row.item, quantity=row.quantity))


def _term(term: Conflict | Relaxation) -> str:
    return term_sentence({"code": term.code, "facts": term.facts, "message": term.message})


def _comma(amount: Decimal | None) -> str:
    return "—" if amount is None else f"{amount:,.2f}"


def _award_data(solution: Solution) -> dict[str, Any]:
    found = solution.award
    amounts = ("evaluated_cost", "landed_cost", "lower_bound", "gap")
    return {
        "status": found.status.value,
        "round": found.round,
        "round_sha256": found.round_sha256,
        **{name: None if (value := getattr(found, name)) is None else str(value) for name in amounts},
        "bound_source": solution.bound_source.value,
        "conflicts": [{"place": c.place, "code": c.code, "message": _term(c)} for c in found.conflicts],
        "relaxations": [{"place": r.place, "code": r.code, "message": _term(r)} for r in found.relaxations],
    }


def _say_shares(round_: Round, shares: Shares) -> None:
    names = {member.id: member.name for member in round_.members}
    words = _("stable") if shares.stable else _("not stable")
    typer.echo(
        _("{words}: of all {groups} groups none gains more than {regret} apart; together {total}").format(
            words=words,
            groups=f"{2 ** len(shares.members) - 1:,}",
            regret=_comma(shares.worst_regret),
            total=_comma(shares.total),
        )
    )
    for row in shares.members:
        typer.echo(
            f"  {row.member:<12} {_comma(row.payment):>16} {_comma(row.stand_alone):>16} "
            f"{_comma(row.saving):>14}  {names.get(row.member, '')}"
        )


def _shares_data(shares: Shares) -> dict[str, Any]:
    return {
        "rule": shares.rule.value,
        "total": str(shares.total),
        "stable": shares.stable,
        "worst_regret": str(shares.worst_regret),
        "members": {row.member: str(row.payment) for row in shares.members},
    }


def _complain(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 - a command talks on the terminal
