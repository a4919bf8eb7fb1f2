"""One opened round: two members, two suppliers, one of whom sells cheaper the more is bought."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from industry_brain.accounts.models import Organisation, User
from industry_brain.accounts.states import Role
from industry_brain.awards.engine.words import SHARES_UNCONFIRMED
from industry_brain.awards.models import AwardRun
from industry_brain.awards.operations import approve_award, carry_out_run, start_award
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Round
from tests.platform.factories.accounts import person
from tests.platform.factories.awards import offer, opened_round, tiers
from tests.platform.factories.firms import SupplierFactory
from tests.platform.factories.moments import AFTER_BIDS


def now() -> datetime:
    """Give the present moment, as workers read it."""
    return datetime.now(UTC)


@pytest.fixture
def rival_firm(db: None) -> Firm:
    """Another steelworks that was invited."""
    return SupplierFactory(name="西特钢", name_en="West Special Steel")


@pytest.fixture
def rival(rival_firm: Firm) -> User:
    """Qian sells for the other steelworks."""
    return person(Role.SUPPLIER, rival_firm, "qian")


@pytest.fixture
def round_(
    platform: Organisation,
    member_firm: Firm,
    second_member_firm: Firm,
    supplier_firm: Firm,
    rival_firm: Firm,
) -> Round:
    """East sells at 5,800 and takes 5 % off from 150 t on; West sells at 5,700."""
    bids = {
        supplier_firm: offer("5800.00", discounts=tiers(("0", "0"), ("150", "5"))),
        rival_firm: offer("5700.00"),
    }
    return opened_round(platform, [member_firm, second_member_firm], bids, reference="R-2026-0042")


@pytest.fixture
def solve(operator: User) -> Callable[[Round], AwardRun]:
    """Start a round's award and carry it out at once, as a worker would."""

    def solved(round_: Round) -> AwardRun:
        run = start_award(round_, actor=operator, at=AFTER_BIDS)
        carry_out_run(run.pk, now=now)
        run.refresh_from_db()
        run.round.refresh_from_db()
        return run

    return solved


@pytest.fixture
def run(round_: Round, solve: Callable[[Round], AwardRun]) -> AwardRun:
    """The checked award of the round: all 200 t from East at 5,510."""
    return solve(round_)


@pytest.fixture
def unshared(run: AwardRun) -> AwardRun:
    """The same award as if the second calculation could not confirm its shares in time."""
    run.shares.all().delete()
    run.price_list.all().delete()
    AwardRun.objects.filter(pk=run.pk).update(
        shares_file="",
        sharing_rule="",
        is_stable=None,
        worst_regret=None,
        unshared=SHARES_UNCONFIRMED,
        unshared_facts={"what": "the worst regret"},
    )
    run.refresh_from_db()
    return run


@pytest.fixture
def approved(run: AwardRun, operator: User, second_operator: User) -> AwardRun:
    """The same, approved by two people."""
    for person_ in (operator, second_operator):
        approve_award(run, reason="cheapest and fair", actor=person_, at=AFTER_BIDS)
        run.round.refresh_from_db()
    run.refresh_from_db()
    return run
