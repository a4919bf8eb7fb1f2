"""Rounds from the documentation, changed by name for single cases."""

import json
from pathlib import Path

from brain_engines.awards import read_round

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
BEARING_STEEL = (EXAMPLES / "bearing-steel.json").read_text("utf-8")


def example(*changes):
    """The bearing steel round after changes, each a function of its plain data."""
    data = json.loads(BEARING_STEEL)
    for change in changes:
        change(data)
    return read_round(json.dumps(data))


def known(value):
    """The value, which must not be None."""
    assert value is not None
    return value
