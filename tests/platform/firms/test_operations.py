from typing import Any

import pytest

from industry_brain.accounts.models import User
from industry_brain.firms.models import Firm, Place
from industry_brain.firms.operations import add_place, register_firm
from industry_brain.kernel.errors import Invalid, NotAllowed
from tests.platform.factories.firms import PlaceFactory
from tests.platform.factories.moments import NOW

pytestmark = pytest.mark.django_db


def register(actor: User, **changes: Any) -> Firm:
    facts: dict[str, Any] = {
        "name": "岚川轴承",
        "name_en": "Lanchuan",
        "credit_code": "91330000000000001X",
        "place": PlaceFactory(),
        "is_member": True,
        "is_supplier": True,
    }
    return register_firm(**{**facts, **changes}, actor=actor, at=NOW)


def test_register_firm_may_make_it_member_and_supplier(operator: User) -> None:
    firm = register(operator)

    stored = Firm.objects.get(reference=firm.reference)
    assert (stored.is_member, stored.is_supplier, stored.quality_ppm) == (True, True, 1_000_000)


def test_register_firm_refuses_a_firm_without_a_part(operator: User) -> None:
    with pytest.raises(Invalid, match="must be a member, a supplier, or both"):
        register(operator, is_member=False, is_supplier=False)


def test_register_firm_refuses_a_credit_code_twice(operator: User) -> None:
    register(operator)

    with pytest.raises(Invalid, match="registered already"):
        register(operator, name="另一家")


def test_only_operators_register_firms_and_places(member: User) -> None:
    with pytest.raises(NotAllowed):
        register(member)
    with pytest.raises(NotAllowed):
        add_place(code="x", name="x", name_en="x", actor=member, at=NOW)


def test_add_place_refuses_a_code_twice(operator: User) -> None:
    add_place(code="yanxi", name="砚溪", name_en="Yanxi", actor=operator, at=NOW)

    with pytest.raises(Invalid, match="delivery place yanxi already"):
        add_place(code="yanxi", name="砚溪", name_en="Yanxi", actor=operator, at=NOW)
    assert Place.objects.count() == 1
