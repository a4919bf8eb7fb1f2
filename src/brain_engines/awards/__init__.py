"""Choose whom to buy from at the least evaluated cost, and prove that nothing is cheaper."""

from brain_engines.awards.check_proof import check_proof
from brain_engines.awards.io import (
    BadAwardFile,
    BadProofFile,
    BadRoundFile,
    read_award,
    read_proof,
    read_round,
    write_award,
    write_proof,
    write_round,
)
from brain_engines.awards.problem import Award, AwardStatus, Round
from brain_engines.awards.restrict import restrict
from brain_engines.awards.solve import Limits, NoAwardYet, Progress, Solution, find, solve
from brain_engines.awards.verify import Unsound, verify

__all__ = [
    "Award",
    "AwardStatus",
    "BadAwardFile",
    "BadProofFile",
    "BadRoundFile",
    "Limits",
    "NoAwardYet",
    "Progress",
    "Round",
    "Solution",
    "Unsound",
    "check_proof",
    "find",
    "read_award",
    "read_proof",
    "read_round",
    "restrict",
    "solve",
    "verify",
    "write_award",
    "write_proof",
    "write_round",
]
