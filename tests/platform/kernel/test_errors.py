import pytest
from django.utils import translation

from industry_brain.kernel.access import require
from industry_brain.kernel.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, WrongState


@pytest.mark.parametrize(
    ("kind", "status"),
    [(NotAllowed, 403), (NotFound, 404), (WrongState, 409), (Conflict, 409), (Invalid, 422)],
)
def test_every_refusal_has_its_status(kind: type[DomainError], status: int) -> None:
    assert kind("x", code="x").status == status


def test_a_refusal_is_said_with_its_facts() -> None:
    assert str(Invalid("{n} of {m}", code="few", n=1, m=3)) == "1 of 3"


def test_a_refusal_is_translated_where_it_is_shown() -> None:
    with translation.override("zh-hans"), pytest.raises(NotAllowed) as refusal:
        require(lambda _actor, _thing: False, "somebody", None)

    with translation.override("zh-hans"):
        chinese = str(refusal.value)
    with translation.override("en"):
        english = str(refusal.value)
    assert "无权" in chinese
    assert english.startswith("You may not do this. Ask the operator")


def test_require_lets_through_who_may() -> None:
    require(lambda actor, thing: actor == thing, 1, 1)
