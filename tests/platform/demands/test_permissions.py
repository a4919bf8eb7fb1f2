import pytest

from industry_brain.accounts.models import User
from industry_brain.accounts.states import Role
from industry_brain.demands.permissions import (
    may_change,
    may_correct,
    may_enter_for,
    may_see_picture,
    may_see_totals,
)
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Round
from tests.platform.factories.accounts import MembershipFactory
from tests.platform.factories.demands import DemandFactory, SheetFactory

#           enters, changes, corrects; sees who wants what; sees totals
TABLE = {
    "member": (True, True, True, False, True),
    "second_member": (False, False, False, False, True),
    "supplier": (False, False, False, False, False),
    "operator": (False, False, False, True, True),
    "analyst": (False, False, False, False, True),
    "auditor": (False, False, False, True, True),
}


@pytest.mark.parametrize("who", TABLE)
def test_who_may_do_what_with_demands(
    who: str, request: pytest.FixtureRequest, collecting: Round, member_firm: Firm
) -> None:
    actor: User = request.getfixturevalue(who)
    demand = DemandFactory(round=collecting, member=member_firm)
    sheet = SheetFactory(round=collecting, member=member_firm)

    may = (
        may_enter_for(actor, member_firm),
        may_change(actor, demand),
        may_correct(actor, sheet),
        may_see_picture(actor, collecting),
        may_see_totals(actor, collecting),
    )

    assert may == TABLE[who]


def test_a_firm_that_only_supplies_has_no_demands(supplier: User, supplier_firm: Firm) -> None:
    MembershipFactory(user=supplier, organisation=supplier_firm, role=Role.MEMBER)

    assert not may_enter_for(User.objects.get(pk=supplier.pk), supplier_firm)
