"""How long does it take to share the bill of a round among 28 members, every group checked?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from benchmarks.registry import Case, Row, timed
from brain_engines.awards import find, verify
from brain_engines.awards.generate import Size, generate
from brain_engines.sharing import share
from brain_engines.sharing import verify as verify_shares

SEEDS = (1, 2, 3)
SIZE = Size(6, 16)


def rows() -> Iterator[Row]:
    """Share awards of seeded rounds by the default rule; shares that do not verify are a wrong answer."""
    for seed in SEEDS:
        round_ = generate(SIZE, seed)
        award = find(round_).award
        verify(round_, award)

        def split(round_: object = round_, award: object = award) -> dict[str, object]:
            sharing = share(round_, award)  # type: ignore[arg-type] # bound above
            shares = sharing.shares
            paid = sum((m.payment for m in shares.members), Decimal(0))
            return {
                "stable": shares.stable,
                "worst_regret": str(shares.worst_regret),
                "members": len(shares.members),
                "right": paid == shares.total,
            }

        yield timed(f"28 members, seed {seed}: share", split)
        sharing = share(round_, award)

        def check(
            round_: object = round_, award: object = award, shares: object = sharing.shares
        ) -> dict[str, object]:
            verify_shares(round_, award, shares)  # type: ignore[arg-type] # bound above
            return {}

        yield timed(f"28 members, seed {seed}: check", check)


CASE = Case("sharing", (__doc__ or "").strip(), rows)
