"""Computing on a thread of its own, with progress and a stop."""

from dataclasses import replace

from brain_engines.awards.generate import Size, generate
from brain_engines.awards.io import read_award, read_proof
from brain_engines.awards.problem import AwardStatus
from brain_engines.sharing.io import read_shares
from industry_brain.awards.engine import Computation, StoppedEarly
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
    assert read_award(outcome.award_file) == outcome.award
    assert read_shares(outcome.shares_file) == outcome.shares
    assert outcome.award.status is AwardStatus.OPTIMAL
    assert read_proof(outcome.proof_file).round_sha256 == outcome.award.round_sha256
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


def test_a_fault_is_kept_and_nothing_is_shown() -> None:
    computation = finished(Computation(replace(SMALL, items=()), seconds=1))

    assert computation.outcome is None
    assert computation.failure is not None
