"""Files of the award engine: rounds and awards as JSON, read strictly and written canonically."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any, cast

from brain_engines.awards.io.award_files import BadAwardFile, award_to_data, read_award, write_award
from brain_engines.awards.io.proof_files import BadProofFile, read_proof, write_proof
from brain_engines.awards.io.round_writing import round_sha256, round_to_data, write_round
from brain_engines.awards.io.rounds import BadRoundFile, read_round
from brain_engines.awards.io.strict import BadFile, Problem


def load_schema(name: str) -> dict[str, Any]:
    """Load the published JSON Schema of a file kind: ``round``, ``award`` or ``proof``."""
    text = resources.files(__package__).joinpath("schemas", f"{name}.schema.json").read_text("utf-8")
    return cast("dict[str, Any]", json.loads(text))


__all__ = [
    "BadAwardFile",
    "BadFile",
    "BadProofFile",
    "BadRoundFile",
    "Problem",
    "award_to_data",
    "load_schema",
    "read_award",
    "read_proof",
    "read_round",
    "round_sha256",
    "round_to_data",
    "write_award",
    "write_proof",
    "write_round",
]
