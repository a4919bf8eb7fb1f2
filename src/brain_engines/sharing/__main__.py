"""Split the bill of an award: ``python -m brain_engines.sharing ROUND.json AWARD.json``.

Writes a shares file to standard output and a summary to standard error; with ``--check``
reads a shares file and checks it instead. Ends with 0 if all is well, 1 if refused, unsound
or unstable beyond the tolerance, 2 for a file that cannot be read.
"""

from __future__ import annotations

import argparse
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path

from brain_engines.awards.io import read_award, read_round
from brain_engines.awards.io.strict import BadFile
from brain_engines.awards.problem import Award, Round
from brain_engines.sharing.explain import groups_checked
from brain_engines.sharing.io import read_shares, write_shares
from brain_engines.sharing.problem import (
    DEFAULT_TOLERANCE,
    Sharing,
    SharingLimits,
    SharingRefused,
    SharingRule,
)
from brain_engines.sharing.solve import share
from brain_engines.sharing.verify import Unsound, verify


def main(arguments: list[str] | None = None) -> int:
    """Run the command and say its exit status."""
    asked = _parser().parse_args(arguments)
    try:
        round_ = read_round(Path(asked.round).read_bytes())
        award = read_award(Path(asked.award).read_bytes())
        return _check(round_, award, asked.check) if asked.check else _share(round_, award, asked)
    except (BadFile, OSError) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except (SharingRefused, Unsound) as refused:
        print(refused, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m brain_engines.sharing", description=__doc__)
    parser.add_argument("round", help="the round file")
    parser.add_argument("award", help="the award file")
    parser.add_argument("--rule", choices=list(SharingRule), default=SharingRule.PRICE_LIST)
    parser.add_argument("--tolerance", type=_decimal, default=DEFAULT_TOLERANCE, help="share of the bill")
    parser.add_argument("--seconds", type=float, default=120.0, help="stop after about so long")
    parser.add_argument("--check", metavar="SHARES", help="check this shares file instead")
    return parser


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as wrong:
        raise argparse.ArgumentTypeError(f"{text} is not a decimal number") from wrong
    if not number.is_finite() or number < 0:
        raise argparse.ArgumentTypeError(f"{text} is not a share of at least 0")
    return number


def _check(round_: Round, award: Award, path: str) -> int:
    shares = read_shares(Path(path).read_bytes())
    verify(round_, award, shares)
    groups = groups_checked(len(shares.members))
    print(f"Sound: none of {groups:,} groups would save more than {shares.worst_regret:.2f} apart.")
    return 0


def _share(round_: Round, award: Award, asked: argparse.Namespace) -> int:
    limits = SharingLimits(seconds=asked.seconds)
    found = share(round_, award, SharingRule(asked.rule), tolerance=asked.tolerance, limits=limits)
    sys.stdout.write(write_shares(found.shares))
    print(_summary(found), file=sys.stderr)
    return 0 if found.shares.stable else 1


def _summary(found: Sharing) -> str:
    shares = found.shares
    groups = groups_checked(len(shares.members))
    lines = [
        f"{shares.total:.2f} split among {len(shares.members)} members by the rule {shares.rule}.",
        f"None of {groups:,} groups would save more than {shares.worst_regret:.2f} by buying apart: "
        + ("stable." if shares.stable else f"more than the tolerance of {shares.tolerance} of the bill."),
    ]
    if found.rules_cost is not None:
        lines.append(f"The pool's own rules and the award's gap cost it at most {found.rules_cost:.2f}.")
    if not found.complete:
        lines.append("The search was cut short; the bound holds all the same.")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
