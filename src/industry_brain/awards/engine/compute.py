"""Work an award out from a stated round: search, proof, check, shares, comparisons.

The work runs on a thread of its own that knows no database; whoever started it looks at
:meth:`Computation.look` now and then, and may ask it to stop.  Nothing is handed back
that the independent checkers did not accept.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field, replace
from decimal import Decimal
from time import monotonic

from brain_engines.awards.check_proof import check_proof
from brain_engines.awards.explain import Alternative, single_supplier, without_discounts, without_supplier
from brain_engines.awards.io import write_award, write_proof
from brain_engines.awards.problem import Award, AwardStatus, Round
from brain_engines.awards.solve import Limits, NoAwardYet, Progress, Solution, find
from brain_engines.awards.verify import verify
from brain_engines.sharing.explain import MemberExplanation, explain_shares
from brain_engines.sharing.io import write_shares
from brain_engines.sharing.problem import Shares, SharingLimits
from brain_engines.sharing.solve import share
from brain_engines.sharing.verify import verify as verify_shares
from industry_brain.awards.states import RunPhase

SHARING_SECONDS = 120.0
COMPARING_SECONDS = 30.0
EXPLAINING_SECONDS = 60.0
logger = logging.getLogger(__name__)


class StoppedEarly(Exception):
    """The search was stopped before it had any award."""


class Broken(Exception):
    """Something in the engines refused; the cause is in the log."""


@dataclass(frozen=True)
class Snapshot:
    """How far a computation is, in the round's currency; not checked by anybody yet."""

    phase: RunPhase = RunPhase.READING
    best: Decimal | None = None
    bound: Decimal | None = None
    gap: Decimal | None = None
    milliseconds: int = 0


@dataclass(frozen=True)
class Compared:
    """Another way to buy the same; amounts are empty where it is impossible; ``who`` is a supplier's id."""

    landed: Decimal | None
    evaluated: Decimal | None
    who: str = ""


@dataclass(frozen=True)
class Outcome:
    """A checked award with everything that goes with it; texts are files as ``brain check`` reads them."""

    award: Award
    award_file: str
    proof_file: str
    shares: Shares | None
    shares_file: str
    explained: tuple[MemberExplanation, ...]
    alternatives: dict[str, Compared]
    statistics: dict[str, int]


@dataclass
class Computation:
    """One computation on its own thread."""

    round: Round
    seconds: float
    snapshot: Snapshot = Snapshot()
    outcome: Outcome | None = None
    failure: Exception | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    _started: float = 0.0
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._started = monotonic()
        self._thread = threading.Thread(target=self._run, name=f"award {self.round.id}", daemon=True)
        self._thread.start()

    def look(self, seconds: float) -> bool:
        """Wait at most so long; say whether the computation has ended."""
        if self._thread is None:
            raise RuntimeError("the computation was not started")
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self.outcome = self._work()
        except StoppedEarly as stopped:
            self.failure = stopped
        except Exception as error:
            logger.exception("The award of %s broke off", self.round.id)
            self.failure = error

    def _work(self) -> Outcome:
        self._enter(RunPhase.SOLVING)
        solution = self._find()
        award = solution.award
        verify(self.round, award)
        if solution.proof is not None:
            check_proof(self.round, award, solution.proof)
        elif award.status is AwardStatus.OPTIMAL:
            raise Broken("an award is called optimal without a proof")
        proof = "" if solution.proof is None else write_proof(solution.proof)
        if award.status is AwardStatus.INFEASIBLE:
            return Outcome(award, write_award(award), proof, None, "", (), {}, solution.statistics)
        self.stop.clear()  # what follows is short and wanted even for an award that was stopped early
        shares = self._share(award)
        self._enter(RunPhase.COMPARING)
        return Outcome(
            award,
            write_award(award),
            proof,
            shares,
            write_shares(shares),
            self._explain(award, shares),
            self._compare(award, shares),
            solution.statistics,
        )

    def _find(self) -> Solution:
        try:
            return find(
                self.round,
                limits=Limits(seconds=self.seconds),
                on_progress=self._on_search,
                should_stop=self.stop.is_set,
            )
        except NoAwardYet as none_yet:
            raise StoppedEarly from none_yet

    def _share(self, award: Award) -> Shares:
        self._enter(RunPhase.SHARING)
        limits = SharingLimits(seconds=SHARING_SECONDS)
        found = share(self.round, award, limits=limits, should_stop=self.stop.is_set)
        verify_shares(self.round, award, found.shares)
        return found.shares

    def _explain(self, award: Award, shares: Shares) -> tuple[MemberExplanation, ...]:
        seconds = max(0.5, EXPLAINING_SECONDS / (2 * len(shares.members) or 1))
        return explain_shares(self.round, award, shares, seconds=seconds, should_stop=self.stop.is_set)

    def _compare(self, award: Award, shares: Shares) -> dict[str, Compared]:
        """Look at the ways to buy that people would think of first, and at what each bid is worth."""
        until = monotonic() + COMPARING_SECONDS

        def over() -> bool:
            return self.stop.is_set() or monotonic() > until

        found: dict[str, Compared] = {}
        singles = [single_supplier(self.round, bid.supplier, should_stop=over) for bid in self.round.bids]
        able = [(row.evaluated_cost, row) for row in singles if row.evaluated_cost is not None]
        if not over():
            best = min(able, key=lambda pair: pair[0])[1] if able else None
            found["single"] = _compared(best)
        alone = [member.stand_alone for member in shares.members]
        known = [amount for amount in alone if amount is not None]
        found["alone"] = Compared(sum(known, Decimal(0)) if len(known) == len(alone) else None, None)
        plain = without_discounts(self.round, should_stop=over)
        if plain.possible or plain.status is AwardStatus.INFEASIBLE:
            found["no_discounts"] = _compared(plain)
        for supplier in dict.fromkeys(line.supplier for line in award.lines):
            other = without_supplier(self.round, supplier, should_stop=over)
            if other.status is AwardStatus.INFEASIBLE or (other.possible and not over()):
                found[f"without {supplier}"] = _compared(other)
        return found

    def _enter(self, phase: RunPhase) -> None:
        self.snapshot = replace(self.snapshot, phase=phase, milliseconds=self._elapsed())

    def _elapsed(self) -> int:
        return int((monotonic() - self._started) * 1000)

    def _on_search(self, progress: Progress) -> None:
        phase = RunPhase.PROVING if progress.phase == "proof" else RunPhase.SOLVING
        self.snapshot = Snapshot(
            phase,
            _money(progress.best),
            _money(progress.bound),
            Decimal(str(progress.gap)) if progress.gap < 1e6 else None,
            self._elapsed(),
        )


def _compared(row: Alternative | None) -> Compared:
    """Keep what pages show of an alternative."""
    if row is None or not row.possible:
        return Compared(None, None)
    return Compared(row.landed_cost, row.evaluated_cost, row.who)


def _money(amount: float) -> Decimal | None:
    """Show a solver's float; an infinite one means that nothing is known yet."""
    return Decimal(str(round(amount, 2))) if abs(amount) < 1e18 else None
