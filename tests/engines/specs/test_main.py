"""The command reads lines from standard input."""

import io
import json

import pytest

from brain_engines.specs.__main__ import main


@pytest.fixture
def run(monkeypatch, capsys):
    def command(text, *arguments):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        status = main(list(arguments))
        return status, capsys.readouterr().out

    return command


def test_lines_are_read_for_people_and_the_status_is_zero(run):
    status, out = run("GCr15 φ50 热轧 5吨\n", "--zh")

    assert status == 0
    assert out == "GCr15 φ50 热轧 5吨\n  = GCr15 圆钢 φ50 热轧  (85 %)\n  + quantity: 5吨\n"


def test_an_open_question_is_shown_with_its_options_and_the_status_is_one(run):
    status, out = run("GCr15 φ60×8\n")

    assert status == 1
    assert "? Is φ60×8 a tube" in out
    assert "- tube: seamless tube" in out


def test_json_is_one_object_a_line(run):
    _, out = run("GCr15 φ50\n\n45# 80\n", "--json")

    first, empty, last = (json.loads(line) for line in out.splitlines())
    assert first["specification"]["section"] == {"diameter": 50_000}
    assert (empty["question"]["code"], last["question"]["code"]) == ("text_empty", "number_unclear")
