import pytest

from industry_brain.firms.permissions import may_register

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "may"),
    [("operator", True), ("member", False), ("supplier", False), ("analyst", False), ("auditor", False)],
)
def test_who_registers_firms(who: str, may: bool, request: pytest.FixtureRequest) -> None:
    assert may_register(request.getfixturevalue(who)) is may
