"""Award a round file: ``python -m brain_engines.awards ROUND.json [--output FILE] [--proof FILE]``.

Exit status 0: an award; 1: none is possible, or none was found in time; 2: the file is bad.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from brain_engines.awards.check_proof import check_proof
from brain_engines.awards.io import BadRoundFile, read_round, write_award, write_proof
from brain_engines.awards.problem import Award, AwardStatus
from brain_engines.awards.solve import Limits, NoAwardYet, Progress, Solution, find
from brain_engines.awards.verify import verify


def main(arguments: list[str] | None = None) -> int:
    """Read, solve, verify, check the proof, write."""
    parser = argparse.ArgumentParser(
        prog="python -m brain_engines.awards", description="Award a sourcing round."
    )
    parser.add_argument("round", type=Path, help="round file")
    parser.add_argument("--output", type=Path, help="write the award here instead of to standard output")
    parser.add_argument("--proof", type=Path, help="write the proof of the bound here")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="time limit")
    parser.add_argument("--gap", type=float, default=1e-7, help="relative gap that is small enough")
    options = parser.parse_args(arguments)
    try:
        round_ = read_round(options.round.read_bytes())
    except OSError as error:
        print(f"{options.round}: {error.strerror}.", file=sys.stderr)
        return 2
    except BadRoundFile as bad:
        for problem in bad.errors:
            print(f"{options.round}: {problem}", file=sys.stderr)
        return 2
    try:
        solution = find(round_, limits=Limits(options.seconds, options.gap), on_progress=_show)
    except NoAwardYet as none_yet:
        print(none_yet, file=sys.stderr)
        return 1
    verify(round_, solution.award)
    if solution.proof is not None:
        check_proof(round_, solution.award, solution.proof)
    _write(options.output, write_award(solution.award))
    if options.proof is not None and solution.proof is not None:
        _write(options.proof, write_proof(solution.proof))
    return _conclude(solution)


def _show(progress: Progress) -> None:
    best = f"best {progress.best:,.2f}" if progress.best < float("inf") else "no award yet"
    bound = f", bound {progress.bound:,.2f}" if progress.bound > float("-inf") else ""
    gap = f", gap {progress.gap:.4%}" if progress.gap < float("inf") else ""
    print(
        f"\r{progress.phase}: {best}{bound}{gap}",
        end="",
        file=sys.stderr,
        flush=True,
    )


def _write(path: Path | None, text: str) -> None:
    if path is None:
        print(text, end="")
    else:
        path.write_text(text, "utf-8")


def _conclude(solution: Solution) -> int:
    """Say in a line what was found."""
    award: Award = solution.award
    if award.status is AwardStatus.INFEASIBLE:
        print("\nNo award is possible. These cannot hold together:", file=sys.stderr)
        for conflict in award.conflicts:
            print(f"  {conflict.place}: {conflict.message}", file=sys.stderr)
        for relaxation in award.relaxations:
            print(f"  would help: {relaxation.place}: {relaxation.message}", file=sys.stderr)
        return 1
    print(
        f"\n{award.status.value}: evaluated {award.evaluated_cost}, landed {award.landed_cost}, "
        f"no award below {award.lower_bound} ({solution.bound_source.value})",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
