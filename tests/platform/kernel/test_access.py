import pytest

from industry_brain.firms.models import Firm
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import NotAllowed


def may_never(_actor: str, _thing: object) -> bool:
    """Nobody may."""
    return False


@pytest.mark.parametrize("thing", [None, "records", ("R-2026-0001", "F-0001")])
def test_a_refusal_names_no_thing_that_has_no_name_for_its_reader(thing: object) -> None:
    with pytest.raises(NotAllowed) as refused:
        require(may_never, "lin", thing)

    sentence = "You may not do this. Ask the operator if you should be able to."
    assert (str(refused.value), refused.value.code) == (sentence, "may_never")


def test_a_refusal_names_the_row_it_is_about() -> None:
    with pytest.raises(NotAllowed) as refused:
        require(may_never, "lin", Firm(name="五洲轴承", name_en="Wuzhou Bearings"))

    assert str(refused.value).startswith("You may not do this with Wuzhou Bearings.")
    assert refused.value.code == "may_never"
