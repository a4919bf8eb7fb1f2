import pytest

from industry_brain.accounts.models import Organisation
from industry_brain.accounts.states import Role
from industry_brain.firms.models import Firm
from industry_brain.firms.permissions import may_register, roles_in_firm
from tests.platform.factories.firms import SupplierFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "may"),
    [("operator", True), ("member", False), ("supplier", False), ("analyst", False), ("auditor", False)],
)
def test_who_registers_firms(who: str, may: bool, request: pytest.FixtureRequest) -> None:
    assert may_register(request.getfixturevalue(who)) is may


def test_a_firms_roles_follow_from_what_it_does(member_firm: Firm, bureau: Organisation) -> None:
    Firm.objects.update(is_supplier=True)

    assert roles_in_firm(member_firm) == {Role.MEMBER, Role.SUPPLIER}
    assert roles_in_firm(SupplierFactory()) == {Role.SUPPLIER}
    assert roles_in_firm(bureau) is None
