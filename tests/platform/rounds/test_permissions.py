import pytest

from industry_brain.accounts.models import User
from industry_brain.accounts.states import Role
from industry_brain.rounds.models import Round
from industry_brain.rounds.permissions import may_create, may_oversee, may_run
from tests.platform.factories.accounts import OrganisationFactory, person

#           creates runs   oversees
TABLE = {
    "operator": (True, True, True),
    "member": (False, False, False),
    "supplier": (False, False, False),
    "rival": (False, False, False),
    "analyst": (False, False, False),
    "auditor": (False, False, True),
}


@pytest.mark.parametrize("who", TABLE)
def test_who_may_lead_and_oversee_a_round(who: str, people: dict[str, User], draft: Round) -> None:
    actor = people[who]

    assert (may_create(actor), may_run(actor, draft), may_oversee(actor, draft)) == TABLE[who]


def test_another_operator_s_people_do_not_run_the_round(draft: Round) -> None:
    stranger = person(Role.OPERATOR, OrganisationFactory(), "stranger")

    assert (may_create(stranger), may_run(stranger, draft), may_oversee(stranger, draft)) == (
        True,
        False,
        False,
    )
