import pytest

from industry_brain.accounts.models import User
from industry_brain.accounts.states import Role
from industry_brain.catalogue.models import Material
from industry_brain.demands import queries
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import Invalid, NotFound
from industry_brain.rounds.models import Round, Window
from industry_brain.rounds.states import RoundState
from tests.platform.factories.accounts import MembershipFactory, OrganisationFactory, person
from tests.platform.factories.demands import DemandFactory, SheetFactory
from tests.platform.factories.firms import FirmFactory
from tests.platform.factories.moments import AFTER_DEMANDS, DEMANDS_CLOSE, NOW

SEES = {
    "member": {"own"},
    "second_member": {"other"},
    "supplier": set(),
    "analyst": set(),
    "operator": {"own", "other"},
    "auditor": {"own", "other"},
}


@pytest.mark.parametrize("who", SEES)
def test_who_sees_which_demands_and_sheets(
    who: str,
    request: pytest.FixtureRequest,
    collecting: Round,
    member_firm: Firm,
    second_member_firm: Firm,
) -> None:
    actor: User = request.getfixturevalue(who)
    for name, firm in (("own", member_firm), ("other", second_member_firm)):
        DemandFactory(reference=name, round=collecting, member=firm)
        SheetFactory(reference=name, round=collecting, member=firm)

    assert {d.reference for d in queries.demands_seen_by(actor)} == SEES[who]
    assert {s.reference for s in queries.sheets_seen_by(actor)} == SEES[who]
    for hidden in {"own", "other"} - SEES[who]:
        with pytest.raises(NotFound):
            queries.get_demand(hidden, seen_by=actor)
        with pytest.raises(NotFound):
            queries.get_sheet(hidden, seen_by=actor)


def test_another_operator_sees_nothing_of_the_round(collecting: Round, member_firm: Firm) -> None:
    DemandFactory(round=collecting, member=member_firm)
    stranger = person(Role.OPERATOR, OrganisationFactory(), "stranger")

    assert not queries.demands_seen_by(stranger).exists()


def test_totals_over_fewer_than_three_members_are_withheld_while_demands_come_in(
    collecting: Round, window: Window, gcr15: Material, gcr15_60: Material, member: User, operator: User
) -> None:
    facts = {"round": collecting, "window": window, "submitted": True}
    DemandFactory.create_batch(3, material=gcr15, **facts)
    DemandFactory.create_batch(2, material=gcr15_60, **facts)
    DemandFactory(round=collecting, window=window, material=gcr15_60)

    seen = [(t.members, t.quantity) for t in queries.totals(collecting, seen_by=member)]
    overseen = [(t.members, t.quantity) for t in queries.totals(collecting, seen_by=operator)]
    collecting.pooled_at = AFTER_DEMANDS
    later = [t.quantity for t in queries.totals(collecting, seen_by=member)]

    assert seen == [(3, 30_000_000), (2, None)]
    assert overseen == [(3, 30_000_000), (2, 20_000_000)]
    assert later == [30_000_000, 20_000_000]


def test_suppliers_are_not_told_the_totals(collecting: Round, supplier: User) -> None:
    with pytest.raises(NotFound):
        queries.totals(collecting, seen_by=supplier)


def test_pooled_picture_shows_members_by_items_and_who_is_missing(
    collecting: Round,
    window: Window,
    gcr15: Material,
    gcr15_60: Material,
    member_firm: Firm,
    second_member_firm: Firm,
) -> None:
    place = member_firm.place
    wanted = {"round": collecting, "window": window, "place": place, "submitted": True}
    DemandFactory(member=member_firm, material=gcr15, quantity=1_000_000, **wanted)
    DemandFactory(member=member_firm, material=gcr15_60, quantity=2_000_000, **wanted)
    DemandFactory(member=second_member_firm, material=gcr15, quantity=4_000_000, **wanted)
    DemandFactory(member=second_member_firm, round=collecting, window=window, quantity=9_000_000)
    absent = FirmFactory()

    picture = queries.pooled_picture(collecting)

    assert [(c.material, c.quantity) for c in picture.columns] == [(gcr15, 5_000_000), (gcr15_60, 2_000_000)]
    assert [(row.member, row.quantities, row.total, row.drafts) for row in picture.rows] == [
        (member_firm, (1_000_000, 2_000_000), 3_000_000, 0),
        (second_member_firm, (4_000_000, 0), 4_000_000, 1),
    ]
    assert (picture.missing, picture.total, picture.complete) == ((absent,), 7_000_000, False)


def test_a_person_of_several_members_says_for_which_one(
    member: User, member_firm: Firm, second_member_firm: Firm, operator: User
) -> None:
    assert queries.member_of(member).pk == member_firm.pk
    MembershipFactory(user=member, organisation=second_member_firm, role=Role.MEMBER)
    both = User.objects.get(pk=member.pk)

    with pytest.raises(Invalid):
        queries.member_of(both)
    assert queries.member_of(both, second_member_firm.reference).pk == second_member_firm.pk
    with pytest.raises(NotFound):
        queries.member_of(operator)


def test_demands_are_taken_while_collected_and_before_the_announced_moment(collecting: Round) -> None:
    assert queries.takes_demands(collecting, NOW)
    assert not queries.takes_demands(collecting, DEMANDS_CLOSE)
    collecting.state = RoundState.POOLED
    assert not queries.takes_demands(collecting, NOW)


def test_demands_are_pooled_after_that_moment_or_when_complete(collecting: Round) -> None:
    assert not queries.can_be_pooled(collecting, NOW, complete=False)
    assert queries.can_be_pooled(collecting, NOW, complete=True)
    assert queries.can_be_pooled(collecting, DEMANDS_CLOSE, complete=False)
    collecting.state = RoundState.POOLED
    assert not queries.can_be_pooled(collecting, DEMANDS_CLOSE, complete=True)
