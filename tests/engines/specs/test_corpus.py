"""What people really write, and what each line has to mean."""

import csv
from pathlib import Path

import pytest

from brain_engines.specs.describe import describe
from brain_engines.specs.problem import Kind
from brain_engines.specs.read import read
from tests.engines.specs.reading import specification_of

CORPUS = (Path(__file__).parent / "corpus.csv").read_text(encoding="utf-8")
LINES = list(csv.DictReader(CORPUS.splitlines(), delimiter="|"))


def test_the_corpus_is_large_and_has_no_line_twice():
    texts = [line["text"] for line in LINES]

    assert len(texts) >= 180
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("line", LINES, ids=[line["text"] for line in LINES])
def test_a_line_is_read_or_asked_about_as_the_trade_means_it(line):
    answer = read(line["text"])

    found = f"?{answer.question.code}" if answer.question else describe(specification_of(answer), "zh")
    assert found == line["expected"]


@pytest.mark.parametrize(
    "line", [line for line in LINES if not line["expected"].startswith("?")], ids=lambda line: line["text"]
)
def test_a_line_keeps_what_is_not_part_of_the_material(line):
    answer = read(line["text"])

    kept = answer.remainders_of(*(kind for kind in Kind if kind is not Kind.SEPARATOR))
    wanted = {part for part in line["kept"].split(";") if part}
    amounts = {f"{remainder.kind}={remainder.amount}" for remainder in kept}
    kinds = {remainder.kind.value for remainder in kept}
    assert {part for part in wanted if "=" in part} <= amounts
    assert kinds == {part.split("=")[0] for part in wanted}


def test_an_expected_description_reads_back_as_itself():
    for line in LINES:
        if not line["expected"].startswith("?"):
            assert describe(specification_of(line["expected"]), "zh") == line["expected"]
