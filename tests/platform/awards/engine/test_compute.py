"""Computing on a thread of its own, with progress and a stop."""

from dataclasses import replace
from math import inf

import pytest

from brain_engines.awards.generate import Size, generate
from brain_engines.awards.io import read_award, read_proof
from brain_engines.awards.problem import AwardStatus
from brain_engines.awards.solve import Progress
from brain_engines.awards.verify import Unsound
from brain_engines.sharing.io import read_shares
from brain_engines.sharing.problem import SharingLimits
from industry_brain.awards.engine import Computation, StoppedEarly
from industry_brain.awards.engine.words import SHARES_REFUSED
from industry_brain.awards.states import RunPhase

SMALL = generate(Size(suppliers=3, items=3, members=3), seed=1)


def finished(computation: Computation) -> Computation:
    computation.start()
    while not computation.look(0.05):
        pass
    return computation


def test_a_computation_gives_checked_files_that_agree() -> None:
    outcome = finished(Computation(SMALL, seconds=20)).outcome

    assert outcome is not None
    assert read_award(outcome.checked.award_file) == outcome.award
    assert read_shares(outcome.shares_file) == outcome.shares
    assert outcome.award.status is AwardStatus.OPTIMAL
    assert read_proof(outcome.checked.proof_file).round_sha256 == outcome.award.round_sha256
    assert {"single", "alone", "no_discounts"} <= set(outcome.alternatives)
    assert [row.member for row in outcome.explained] == [member.id for member in SMALL.members]


def test_a_computation_tells_how_far_it_is() -> None:
    computation = finished(Computation(SMALL, seconds=20))

    assert computation.snapshot.phase is RunPhase.COMPARING
    assert computation.snapshot.milliseconds > 0


def test_a_computation_stopped_at_once_has_no_award_or_a_checked_one() -> None:
    computation = Computation(generate(Size(suppliers=10, items=40), seed=3), seconds=20)
    computation.stop.set()
    finished(computation)

    assert isinstance(computation.failure, StoppedEarly) or computation.outcome is not None


def test_a_stop_after_the_search_does_not_spoil_the_shares() -> None:
    first = finished(Computation(SMALL, seconds=20))
    again = Computation(SMALL, seconds=0, checked=first.accepted)
    again.stop.set()

    outcome = finished(again).outcome

    assert outcome is not None
    assert first.outcome is not None
    assert (outcome.shares, outcome.unshared) == (first.outcome.shares, None)
    assert outcome.alternatives.keys() == first.outcome.alternatives.keys()


def test_an_award_is_kept_where_its_bill_cannot_be_shared_in_time() -> None:
    no_time = SharingLimits(check_seconds=0.0)
    hurried = finished(Computation(SMALL, seconds=20, sharing=no_time))

    outcome = hurried.outcome
    assert outcome is not None
    assert outcome.award.status is AwardStatus.OPTIMAL
    assert outcome.shares is None
    assert outcome.unshared is not None
    assert outcome.unshared.sentence in SHARES_REFUSED
    assert "single" in outcome.alternatives


def test_what_is_given_up_has_an_award_without_shares() -> None:
    first = finished(Computation(SMALL, seconds=20))
    again = Computation(SMALL, seconds=0, checked=first.accepted)
    again.start()

    assert again.end() is True
    assert again.outcome is not None
    assert again.outcome.shares is None


def test_an_award_from_before_is_checked_again_before_it_is_used() -> None:
    first = finished(Computation(SMALL, seconds=20)).accepted
    assert first is not None
    forged = replace(first, award_file=first.award_file.replace('"landed_cost": "', '"landed_cost": "1'))

    refused = finished(Computation(SMALL, seconds=0, checked=forged))

    assert refused.accepted is None
    assert isinstance(refused.failure, Unsound)


@pytest.mark.parametrize(
    ("best", "bound", "shown"), [(10.001, 9.999, ("10.01", "9.99")), (inf, 7.0, (None, "7.00"))]
)
def test_a_live_bound_is_never_shown_too_high_nor_a_best_too_low(
    best: float, bound: float, shown: tuple[str | None, str]
) -> None:
    computation = Computation(SMALL, seconds=1)
    computation._on_search(Progress("search", best, bound, 0.1, 0, 0.0))

    found = computation.snapshot
    assert (found.best and str(found.best), str(found.bound)) == shown


def test_a_fault_is_kept_and_nothing_is_shown() -> None:
    computation = finished(Computation(replace(SMALL, items=()), seconds=1))

    assert computation.outcome is None
    assert computation.failure is not None
