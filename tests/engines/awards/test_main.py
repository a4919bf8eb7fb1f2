import json

from brain_engines.awards import check_proof, read_award, read_proof, read_round, verify
from brain_engines.awards.__main__ import main
from tests.engines.awards.examples import BEARING_STEEL, EXAMPLES


def test_a_round_file_becomes_an_award_file_with_its_proof(tmp_path, capsys):
    output, proof = tmp_path / "award.json", tmp_path / "proof.json"

    status = main([str(EXAMPLES / "bearing-steel.json"), "--output", str(output), "--proof", str(proof)])

    round_, award = read_round(BEARING_STEEL), read_award(output.read_bytes())
    assert status == 0
    verify(round_, award)
    check_proof(round_, award, read_proof(proof.read_bytes()))
    assert "optimal: evaluated 3728943.06" in capsys.readouterr().err


def test_an_infeasible_round_ends_with_status_one_and_its_conflict(tmp_path, capsys):
    data = json.loads(BEARING_STEEL)
    data["rules"]["max_suppliers"] = 1
    path = tmp_path / "round.json"
    path.write_text(json.dumps(data), "utf-8")

    status = main([str(path)])

    assert status == 1
    assert "rules.max_suppliers: At most 1 suppliers may win." in capsys.readouterr().err


def test_a_bad_file_ends_with_status_two_and_its_places(tmp_path, capsys):
    path = tmp_path / "round.json"
    path.write_text(BEARING_STEEL.replace('"120.000"', '"-1"'), "utf-8")

    status = main([str(path)])

    assert status == 2
    assert "demands[0].quantity: A quantity must lie between 0 and" in capsys.readouterr().err
    assert main([str(tmp_path / "nothing.json")]) == 2
