import pytest

from industry_brain.kernel.errors import Invalid
from industry_brain.web.spreadsheets import limits


@pytest.mark.parametrize("language", ["chinese", "english"])
def test_every_refusal_says_what_was_found_and_what_to_do(request, language):
    request.getfixturevalue(language)
    usual = limits.Limits()
    refusals = [
        limits.too_large_file(10),
        limits.too_large_sheet(usual),
        limits.long_cell(3, 2, usual),
        limits.not_a_table(),
        limits.damaged(),
        limits.unsafe("xl/vbaProject.bin"),
        limits.no_rows(),
        limits.unknown_encoding(),
    ]
    assert len({refusal.code for refusal in refusals}) == len(refusals)
    for refusal in refusals:
        assert isinstance(refusal, Invalid)
        assert "{" not in str(refusal)
        assert ("。" in str(refusal)) == (language == "chinese")
