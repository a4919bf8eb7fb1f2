import pytest

from industry_brain.accounts.models import User
from industry_brain.accounts.states import Role
from industry_brain.firms.models import Firm
from industry_brain.firms.queries import (
    firms_seen_by,
    get_firm,
    get_place,
    members,
    own_firms,
    places,
    suppliers,
)
from industry_brain.kernel.errors import NotFound
from tests.platform.factories.firms import PlaceFactory

pytestmark = pytest.mark.django_db


def test_members_see_themselves_and_suppliers_but_no_other_member(
    member: User, member_firm: Firm, second_member_firm: Firm, supplier_firm: Firm
) -> None:
    assert set(firms_seen_by(member)) == {member_firm, supplier_firm}
    with pytest.raises(NotFound):
        get_firm(second_member_firm.reference, seen_by=member)


@pytest.mark.parametrize("who", ["operator", "analyst", "auditor"])
def test_operator_and_city_see_all_firms(
    who: str, member_firm: Firm, supplier_firm: Firm, request: pytest.FixtureRequest
) -> None:
    assert set(firms_seen_by(request.getfixturevalue(who))) == {member_firm, supplier_firm}


def test_members_and_suppliers_are_told_apart(member_firm: Firm, supplier_firm: Firm) -> None:
    assert (list(members()), list(suppliers())) == ([member_firm], [supplier_firm])


def test_own_firms_are_those_one_acts_for_in_the_role(member: User, member_firm: Firm) -> None:
    assert (list(own_firms(member, Role.MEMBER)), list(own_firms(member, Role.SUPPLIER))) == (
        [member_firm],
        [],
    )


def test_places_are_found_by_code(db: None) -> None:
    place = PlaceFactory(code="yanxi")

    assert get_place("yanxi") == place
    assert list(places()) == [place]
    with pytest.raises(NotFound):
        get_place("nowhere")
