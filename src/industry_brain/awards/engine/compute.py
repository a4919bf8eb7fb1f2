"""Work an award out from a stated round: search, proof, check, shares, comparisons.

The work runs on a thread of its own that knows no database; whoever started it looks at
:meth:`Computation.look` now and then, and may ask it to stop.  Nothing is handed back
that the independent checkers did not accept.  An award that they accepted stays accepted,
whatever becomes of its shares and comparisons: they are left out, and it is said why.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from time import monotonic
from typing import TypeVar

from brain_engines.awards.check_proof import check_proof
from brain_engines.awards.explain import Alternative, single_supplier, without_discounts, without_supplier
from brain_engines.awards.io import read_award, read_proof, write_award, write_proof
from brain_engines.awards.problem import Award, AwardStatus, Round
from brain_engines.awards.solve import BoundSource, Limits, NoAwardYet, Progress, Solution, find
from brain_engines.awards.verify import verify
from brain_engines.sharing.explain import MemberExplanation, explain_shares
from brain_engines.sharing.io import write_shares
from brain_engines.sharing.problem import Shares, SharingLimits, SharingRefused
from brain_engines.sharing.solve import share
from brain_engines.sharing.verify import Unconfirmed
from brain_engines.sharing.verify import verify as verify_shares
from industry_brain.awards.engine.words import SHARES_BROKE_OFF, SHARES_GIVEN_UP, SHARES_UNCONFIRMED
from industry_brain.awards.states import RunPhase

SHARING = SharingLimits(seconds=120.0, check_seconds=30.0)
CONFIRMING_TIMES = 4
"""How much longer than finding it, confirming one cost apart may take."""
COMPARING_SECONDS = 30.0
EXPLAINING_SECONDS = 60.0
ENDING_SECONDS = 30.0
T = TypeVar("T")
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
class Checked:
    """An award that the checkers accepted; texts are files as ``brain check`` reads them.

    ``bound_source`` says who vouches for its bound, or for there being no award.
    """

    award: Award
    award_file: str
    proof_file: str
    bound_source: BoundSource
    statistics: dict[str, int]


@dataclass(frozen=True)
class Unshared:
    """Why a checked award has no shares: an untranslated sentence, and facts for it."""

    sentence: str
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """A checked award with whatever could be found out about it; no shares only if ``unshared`` says why."""

    checked: Checked
    shares: Shares | None = None
    shares_file: str = ""
    unshared: Unshared | None = None
    explained: tuple[MemberExplanation, ...] = ()
    alternatives: dict[str, Compared] = field(default_factory=dict)

    @property
    def award(self) -> Award:
        """The award itself."""
        return self.checked.award


@dataclass
class Computation:
    """One computation on its own thread; with a ``checked`` award it begins at sharing.

    ``stop`` ends the search and keeps its best award, which is shared and compared all the same;
    ``abandon`` ends everything.
    """

    round: Round
    seconds: float
    checked: Checked | None = None
    sharing: SharingLimits = SHARING
    snapshot: Snapshot = Snapshot()
    accepted: Checked | None = None
    outcome: Outcome | None = None
    failure: Exception | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    abandon: threading.Event = field(default_factory=threading.Event)
    _alternatives: dict[str, Compared] = field(default_factory=dict)
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

    def end(self) -> bool:
        """Give everything up, and wait for the thread; say whether it ended in time."""
        self.abandon.set()
        return self.look(ENDING_SECONDS)

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
        checked = self.accepted = self._accept(self.checked or _stated(self._find()))
        award = checked.award
        if award.status is AwardStatus.INFEASIBLE:
            return Outcome(checked)
        self._enter(RunPhase.SHARING)
        shares, unshared = self._try_to_share(award)
        self._enter(RunPhase.COMPARING)
        explained = None if shares is None else self._try("explanation", lambda: self._explain(award, shares))
        self._try("comparison", lambda: self._compare(award, shares))
        text = "" if shares is None else write_shares(shares)
        return Outcome(checked, shares, text, unshared, explained or (), self._alternatives)

    def _accept(self, found: Checked) -> Checked:
        """Hand an award on only if the checkers accept it as it was written down."""
        award = read_award(found.award_file)
        verify(self.round, award)
        if found.proof_file:
            check_proof(self.round, award, read_proof(found.proof_file))
        elif award.status is AwardStatus.OPTIMAL:
            raise Broken("an award is called optimal without a proof")
        return found

    def _try(self, what: str, work: Callable[[], T]) -> T | None:
        """Do something that the award does not depend on; a fault in it goes to the log."""
        try:
            return work()
        except Exception:
            logger.exception("The %s of %s broke off", what, self.round.id)
            return None

    def _try_to_share(self, award: Award) -> tuple[Shares | None, Unshared | None]:
        """Share the bill, or say why that was not possible."""
        try:
            shares = self._share(award)
        except SharingRefused as refused:
            return None, Unshared(refused.template, dict(refused.facts))
        except Unconfirmed as unconfirmed:
            return None, Unshared(SHARES_UNCONFIRMED, {"what": unconfirmed.what})
        except Exception as error:
            logger.exception("The shares of %s broke off", self.round.id)
            return None, Unshared(SHARES_BROKE_OFF, {"kind": type(error).__name__})
        return (None, Unshared(SHARES_GIVEN_UP)) if self.abandon.is_set() else (shares, None)

    def _find(self) -> Solution:
        try:
            return find(
                self.round,
                limits=Limits(seconds=self.seconds),
                on_progress=self._on_search,
                should_stop=lambda: self.stop.is_set() or self.abandon.is_set(),
            )
        except NoAwardYet as none_yet:
            raise StoppedEarly from none_yet

    def _share(self, award: Award) -> Shares:
        found = share(self.round, award, limits=self.sharing, should_stop=self.abandon.is_set)
        seconds = CONFIRMING_TIMES * self.sharing.check_seconds
        verify_shares(self.round, award, found.shares, seconds=seconds)
        return found.shares

    def _explain(self, award: Award, shares: Shares) -> tuple[MemberExplanation, ...]:
        seconds = max(0.5, EXPLAINING_SECONDS / (2 * len(shares.members) or 1))
        return explain_shares(self.round, award, shares, seconds=seconds, should_stop=self.abandon.is_set)

    def _compare(self, award: Award, shares: Shares | None) -> None:
        """Look at the ways to buy that people would think of first, and at what each bid is worth."""
        until = monotonic() + COMPARING_SECONDS

        def over() -> bool:
            return self.abandon.is_set() or monotonic() > until

        found = self._alternatives
        singles = [single_supplier(self.round, bid.supplier, should_stop=over) for bid in self.round.bids]
        able = [(row.evaluated_cost, row) for row in singles if row.evaluated_cost is not None]
        if not over():
            best = min(able, key=lambda pair: pair[0])[1] if able else None
            found["single"] = _compared(best)
        if shares is not None:
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

    def _enter(self, phase: RunPhase) -> None:
        self.snapshot = replace(self.snapshot, phase=phase, milliseconds=self._elapsed())

    def _elapsed(self) -> int:
        return int((monotonic() - self._started) * 1000)

    def _on_search(self, progress: Progress) -> None:
        phase = RunPhase.PROVING if progress.phase == "proof" else RunPhase.SOLVING
        self.snapshot = Snapshot(
            phase,
            _money(progress.best, ROUND_CEILING),
            _money(progress.bound, ROUND_FLOOR),
            Decimal(str(progress.gap)) if progress.gap < 1e6 else None,
            self._elapsed(),
        )


def _compared(row: Alternative | None) -> Compared:
    """Keep what pages show of an alternative."""
    if row is None or not row.possible:
        return Compared(None, None)
    return Compared(row.landed_cost, row.evaluated_cost, row.who)


def _money(amount: float, rounding: str) -> Decimal | None:
    """Show a solver's float to the cent, a bound never too high; an infinite one says nothing yet."""
    if abs(amount) >= 1e18:
        return None
    return Decimal(str(amount)).quantize(Decimal("0.01"), rounding)


def _stated(solution: Solution) -> Checked:
    """Write down what a search found."""
    proof = "" if solution.proof is None else write_proof(solution.proof)
    return Checked(
        solution.award, write_award(solution.award), proof, solution.bound_source, solution.statistics
    )
