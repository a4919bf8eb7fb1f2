import pytest

from brain_engines.awards.io import write_award, write_round
from brain_engines.sharing.__main__ import main
from brain_engines.sharing.io import read_shares
from brain_engines.sharing.verify import verify
from tests.engines.sharing.rounds import awarded, pool_with_discount, pool_with_empty_core


@pytest.fixture
def files(tmp_path):
    def write(round_):
        round_, award = awarded(round_)
        (tmp_path / "round.json").write_text(write_round(round_), "utf-8")
        (tmp_path / "award.json").write_text(write_award(award), "utf-8")
        return round_, award, [str(tmp_path / "round.json"), str(tmp_path / "award.json")]

    return write


def test_shares_are_written_and_accepted_again(files, capsys, tmp_path) -> None:
    round_, award, paths = files(pool_with_discount())

    assert main(paths) == 0

    told = capsys.readouterr()
    verify(round_, award, read_shares(told.out))
    assert "None of 7 groups" in told.err
    (tmp_path / "shares.json").write_text(told.out, "utf-8")
    assert main([*paths, "--check", str(tmp_path / "shares.json")]) == 0
    assert capsys.readouterr().out.startswith("Sound: none of 7 groups")


def test_unstable_shares_and_refusals_end_with_one(files, capsys) -> None:
    _, _, paths = files(pool_with_empty_core())

    assert main(paths) == 1
    assert "more than the tolerance" in capsys.readouterr().err
    assert main([*paths, "--rule", "nucleolus"]) == 1
    assert "not available in this version" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_ends_with_two(files, capsys, tmp_path) -> None:
    _, _, paths = files(pool_with_discount())
    (tmp_path / "bad.json").write_text("{}", "utf-8")

    assert main([str(tmp_path / "bad.json"), paths[1]]) == 2
    assert main([str(tmp_path / "missing.json"), paths[1]]) == 2
    assert "missing.json" in capsys.readouterr().err


@pytest.mark.parametrize("tolerance", ["abc", "-1", "NaN"])
def test_a_tolerance_that_is_none_is_refused(files, tolerance: str) -> None:
    _, _, paths = files(pool_with_discount())

    with pytest.raises(SystemExit):
        main([*paths, "--tolerance", tolerance])
