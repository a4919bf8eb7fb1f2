import pytest

from industry_brain.kernel.errors import Conflict, Invalid
from industry_brain.kernel.idempotency import once
from tests.platform.factories.moments import NOW

pytestmark = pytest.mark.django_db


def carried_out(
    done: list[int], *, key: str | None = "k", request: object = 1, actor: str = "lin"
) -> dict[str, object]:
    def carry_out() -> dict[str, object]:
        done.append(1)
        return {"count": len(done)}

    return once(key, actor=actor, request=request, at=NOW, carry_out=carry_out)


def test_the_same_key_is_carried_out_once_and_answered_twice() -> None:
    done: list[int] = []

    assert [carried_out(done), carried_out(done)] == [{"count": 1}, {"count": 1}]


def test_without_a_key_every_request_is_carried_out() -> None:
    done: list[int] = []

    assert [carried_out(done, key=None), carried_out(done, key=None)] == [{"count": 1}, {"count": 2}]


def test_the_same_key_for_another_request_is_refused() -> None:
    done: list[int] = []
    carried_out(done)

    with pytest.raises(Conflict, match="already used for another request"):
        carried_out(done, request=2)


def test_two_people_may_use_the_same_key() -> None:
    done: list[int] = []

    assert [carried_out(done), carried_out(done, actor="chen")] == [{"count": 1}, {"count": 2}]


def test_a_refused_request_may_be_sent_again_with_its_key() -> None:
    def refuse() -> dict[str, object]:
        raise Invalid("no", code="no")

    with pytest.raises(Invalid):
        once("k", actor="lin", request=1, at=NOW, carry_out=refuse)

    assert carried_out([]) == {"count": 1}


def test_a_key_longer_than_can_be_kept_is_refused_before_anything_is_done() -> None:
    done: list[int] = []

    with pytest.raises(Invalid, match="at most 100 signs; this one has 500"):
        carried_out(done, key="k" * 500)

    assert not done
    assert carried_out(done, key="k" * 100) == {"count": 1}
