from datetime import UTC, datetime

import pytest

from industry_brain.demands.models import Demand, SheetRow
from industry_brain.demands.states import DemandState, RowState
from industry_brain.demo.plan import CHAPTERS, Ending
from industry_brain.demo.story import is_told, tell
from industry_brain.firms.queries import members, suppliers
from industry_brain.records.queries import check
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 23, 4, tzinfo=UTC)


def test_a_short_story_is_told_through_operations() -> None:
    chosen = [c for c in CHAPTERS if c.ending in (Ending.BIDDING, Ending.COLLECTING, Ending.DRAFT)]
    said: list[str] = []

    tell(at=TODAY, say=said.append, chapters=chosen)

    assert (members().count(), suppliers().count(), len(said)) == (28, 6, 4)
    states = list(Round.objects.order_by("pk").values_list("state", flat=True))
    assert states == [RoundState.BIDDING, RoundState.COLLECTING, RoundState.DRAFT]
    assert check().broken_at is None
    assert is_told()


def test_the_visitors_works_finds_its_faulty_rows_and_its_own_blank_month() -> None:
    chosen = [c for c in CHAPTERS if c.ending is Ending.COLLECTING]

    tell(at=TODAY, say=lambda _line: None, chapters=chosen)

    round_ = Round.objects.get()
    assert round_.demands_close_at > TODAY
    faulty = SheetRow.objects.filter(state=RowState.FAULTY)
    assert {row.sheet.member.name_en for row in faulty} == {"Baizhuan Bearing Works"}
    assert not Demand.objects.filter(member__name_en="Honglan Bearings").exists()
    assert Demand.objects.filter(state=DemandState.SUBMITTED).count() > 40
