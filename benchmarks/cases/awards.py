"""How long until an award is within 0.01 % of a bound, on realistic steel rounds of growing size?

The peer is HiGHS with its own cuts and heuristics on the same strong program; it proves nothing
that a stranger could check.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.registry import Case, Row, timed
from brain_engines.awards import Limits, NoAwardYet, find, verify
from brain_engines.awards.generate import Size, generate
from brain_engines.awards.model import build
from brain_engines.awards.scaling import scale
from brain_engines.milp import Limits as MilpLimits
from brain_engines.milp import Program, minimise

SIZES = ((8, 40), (20, 100), (50, 200))
SEEDS = (1, 2)
GAP = 1e-4
SECONDS = 90.0


def rows() -> Iterator[Row]:
    """Solve seeded rounds to the gap; an award that does not verify is a wrong answer."""
    for suppliers, items in SIZES:
        for seed in SEEDS:
            round_ = generate(Size(suppliers, items), seed)

            def solve(round_: object = round_) -> dict[str, object]:
                try:
                    found = find(round_, limits=Limits(seconds=SECONDS, gap=GAP))  # type: ignore[arg-type] # bound above
                except NoAwardYet as stopped:
                    return {"status": f"none in {SECONDS:.0f} s", "bound": str(stopped.bound)}
                verify(round_, found.award)  # type: ignore[arg-type] # as above
                award = found.award
                return {
                    "status": str(award.status),
                    "gap": str(award.gap),
                    "bound_by": str(found.bound_source),
                    "cost": str(award.evaluated_cost),
                    "bound": str(award.lower_bound),
                }

            yield timed(f"{suppliers}×{items}, seed {seed}: award and proof", solve)
            program = scale(build(round_).linear).program

            def compare(program: Program = program) -> dict[str, object]:
                result = minimise(program, MilpLimits(seconds=SECONDS, relative_gap=GAP))
                if result.values is None:
                    return {"status": f"none in {SECONDS:.0f} s"}
                gap = (result.objective - result.bound) / abs(result.objective)
                return {"status": str(result.status), "gap": f"{gap:.6f}", "bound_by": "solver"}

            yield timed(f"{suppliers}×{items}, seed {seed}: HiGHS alone, no proof", compare)


CASE = Case("awards", (__doc__ or "").strip().splitlines()[0], rows)
