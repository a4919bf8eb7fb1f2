"""Hostile files: whatever is read, the answer is a value or a list of problems, never another error."""

import json
from copy import deepcopy
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brain_engines.awards import find
from brain_engines.awards.io import (
    load_schema,
    read_award,
    read_proof,
    read_round,
    write_award,
    write_proof,
    write_round,
)
from brain_engines.awards.io.strict import BadFile
from tests.engines.awards.examples import EXAMPLES
from tests.engines.awards.strategies import rounds

READERS = {"round": read_round, "award": read_award, "proof": read_proof}
SAMPLES = {
    "round": [
        path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.json")) if path.name.count(".") == 1
    ],
    "award": [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.award.json"))],
    "proof": [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.proof.json"))],
}
SCHEMA = jsonschema.Draft202012Validator(load_schema("round"))
KINDS = st.sampled_from(sorted(READERS))
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**50), 10**50),
    st.floats(),
    st.text(max_size=8),
    st.text(st.characters(categories=["Cs"]), min_size=1, max_size=2),
    st.sampled_from(
        ["0", "-0", "1e5", "NaN", "Infinity", "٣", "0x10", "1_000", " 1", "9" * 60, "all", "*", ""]
    ),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)
many = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def read(kind, text):
    """Read a file; None if it is refused in words."""
    try:
        return READERS[kind](text)
    except BadFile as bad:
        problems = bad.errors
    assert problems
    assert all(problem.message and problem.code and str(problem).encode() for problem in problems)
    return None


def spots(value, path=()):
    """Every place in plain data."""
    yield path
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from spots(child, (*path, key))


def put(data, path, value):
    """The data with one place replaced, or taken out if the value is ``...``."""
    if not path:
        return None if value is ... else value
    data = deepcopy(data)
    spot = data
    for step in path[:-1]:
        spot = spot[step]
    if value is ...:
        del spot[path[-1]]
    else:
        spot[path[-1]] = value
    return data


@many
@given(KINDS, st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_any_bytes_are_refused_in_words(kind, text):
    assert read(kind, text) is None


@many
@given(KINDS, st.data())
def test_a_file_cut_or_spoilt_anywhere_never_breaks_the_reader(kind, data):
    text = data.draw(st.sampled_from(SAMPLES[kind])).encode()
    start = data.draw(st.integers(0, len(text)))
    spoilt = text[:start] + data.draw(st.binary(max_size=6)) + text[start + data.draw(st.integers(0, 9)) :]

    read(kind, spoilt)


@many
@given(KINDS, st.data())
def test_a_value_replaced_by_any_other_is_read_or_refused(kind, data):
    plain = json.loads(data.draw(st.sampled_from(SAMPLES[kind])))
    path = data.draw(st.sampled_from(list(spots(plain))))
    changed = put(plain, path, data.draw(st.one_of(ODD, st.just(...))))

    found = read(kind, json.dumps(changed))

    if found is not None and kind == "round":
        SCHEMA.validate(json.loads(write_round(found)))
        assert read_round(write_round(found)) == found


@pytest.mark.parametrize("kind", sorted(READERS))
@pytest.mark.parametrize("text", [
    "[" * 10**6, '{"a":' * 10**5, '"' + "[" * 10**6 + '"', "9" * 10**6, "-" + "9" * 5000, "1" + "e9" * 3,
    "\ufeff{}", b"\xef\xbb\xbf{}", b"\x00" * 100, '{"format": "industry-brain/round", "format": 1}',
    "null", "1e400", '"\\ud800"', '{"\\ud800": 1}',
], ids=range(14))  # fmt: skip
def test_deep_long_and_doubled_text_is_refused_quickly(kind, text):
    assert read(kind, text) is None


def test_a_character_in_two_escapes_is_whole_and_half_of_one_is_refused_with_its_line():
    text = SAMPLES["round"][0].replace('"First Bearing"', '"\\ud83d\\ude00 \\\\ud800"')
    assert read_round(text).members[0].name == "😀 \\ud800"

    with pytest.raises(BadFile, match=r"line \d+, column \d+: half of a character"):
        read_round(text.replace("\\ude00", ""))


@pytest.mark.parametrize("kind", sorted(READERS))
def test_a_key_given_twice_anywhere_is_refused(kind):
    text = SAMPLES[kind][0]
    plain = json.loads(text)
    key = next(key for key, value in plain.items() if isinstance(value, str))
    doubled = "{" + f"{json.dumps(key)}: {json.dumps(plain[key])}," + text.strip()[1:]

    with pytest.raises(BadFile, match="is given twice"):
        READERS[kind](doubled)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds())
def test_what_is_written_keeps_its_schema_and_is_read_back_the_same(round_):
    solution = find(round_, explain_infeasible=False)
    files = {"round": write_round(round_), "award": write_award(solution.award)}
    assert read_award(files["award"]) == solution.award
    if solution.proof is not None:
        files["proof"] = write_proof(solution.proof)
        assert read_proof(files["proof"]) == solution.proof

    for kind, text in files.items():
        jsonschema.validate(json.loads(text), load_schema(kind))
        assert not any(isinstance(value, float) for value in numbers(json.loads(text)))


def numbers(value):
    """Every number and text in plain data."""
    if isinstance(value, dict | list):
        for child in value.values() if isinstance(value, dict) else value:
            yield from numbers(child)
    else:
        yield value


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_the_schema_of_rounds_refuses_the_reader_refuses(data):
    """The schema knows shapes and kinds, the reader knows more: it never takes what the schema does not."""
    plain = json.loads(data.draw(st.sampled_from(SAMPLES["round"])))
    path = data.draw(st.sampled_from(list(spots(plain))))
    odd = st.one_of(
        st.none(), st.booleans(), st.integers(-5, 5), st.text(max_size=4), st.just([]), st.just({})
    )
    changed = put(plain, path, data.draw(st.one_of(odd, st.just(...))))

    try:
        SCHEMA.validate(changed)
    except jsonschema.ValidationError:
        assert read("round", json.dumps(changed)) is None


@given(st.decimals(0, 10**9, places=3))
def test_every_quantity_is_read_exactly_as_text_and_as_number(quantity):
    plain = json.loads(SAMPLES["round"][-1])
    if quantity == 0:
        return
    for written in (f'"{quantity:f}"', f"{quantity:f}"):
        text = json.dumps(put(plain, ("demands", 0, "quantity"), "QQ")).replace('"QQ"', written)

        assert read_round(text).demands[0].quantity == Decimal(quantity)
