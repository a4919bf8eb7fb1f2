import pytest

from industry_brain.catalogue.permissions import may_edit_catalogue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "may"),
    [("operator", True), ("member", False), ("supplier", False), ("analyst", False), ("auditor", False)],
)
def test_who_edits_the_catalogue(who: str, may: bool, request: pytest.FixtureRequest) -> None:
    assert may_edit_catalogue(request.getfixturevalue(who)) is may
