"""Who may do what, as a table: role by approval."""

from typing import Any

import pytest

from industry_brain.accounts.models import User
from industry_brain.awards.models import AwardRun
from industry_brain.awards.permissions import (
    may_lead,
    may_see_all,
    may_see_result,
    may_see_share,
    may_see_totals,
)
from industry_brain.firms.models import Firm
from tests.platform.factories.awards import AwardRunFactory, ShareFactory
from tests.platform.factories.moments import AFTER_BIDS

pytestmark = pytest.mark.django_db

WHO = ("operator", "auditor", "member", "second_member", "supplier", "rival", "analyst")
# (leads, sees all, sees totals, sees the member's share, sees the supplier's result)
BEFORE = {
    "operator": (True, True, True, True, True),
    "auditor": (False, True, True, True, True),
    "member": (False, False, False, False, False),
    "second_member": (False, False, False, False, False),
    "supplier": (False, False, False, False, False),
    "rival": (False, False, False, False, False),
    "analyst": (False, False, False, False, False),
}
AFTER = BEFORE | {
    "member": (False, False, True, True, False),
    "second_member": (False, False, True, False, False),
    "supplier": (False, False, False, False, True),
    "analyst": (False, False, True, False, False),
}


def rights(actor: User, run: AwardRun, member: Firm, supplier: Firm) -> tuple[bool, ...]:
    share = ShareFactory(run=run, member=member)
    return (
        may_lead(actor, run),
        may_see_all(actor, run),
        may_see_totals(actor, run),
        may_see_share(actor, share),
        may_see_result(actor, run, supplier),
    )


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("approved", [False, True])
def test_rights_follow_role_and_approval(
    request: pytest.FixtureRequest,
    who: str,
    approved: bool,
    platform: Any,
    member_firm: Firm,
    supplier_firm: Firm,
) -> None:
    actor = request.getfixturevalue(who)
    run = AwardRunFactory(proved=True, round__operator=platform, approved_at=AFTER_BIDS if approved else None)

    assert rights(actor, run, member_firm, supplier_firm) == (AFTER if approved else BEFORE)[who]
