"""The demo against the published totals of the real cluster (28 firms, 7,000 t, 40 million yuan)."""

from datetime import UTC, datetime

import pytest

from industry_brain.awards.models import AwardRun, Share
from industry_brain.awards.states import RunState
from industry_brain.demo.story import tell
from industry_brain.overview.queries import awarded_rounds, cluster_figures
from industry_brain.records.queries import check
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState

TODAY = datetime(2026, 11, 23, 4, tzinfo=UTC)
TONNE, YUAN = 1_000_000, 100


@pytest.mark.django_db
def test_the_demo_stands_at_the_published_totals() -> None:
    tell(at=TODAY, say=lambda _line: None)

    figures = cluster_figures()
    assert figures.members == 28
    assert 7_000 * TONNE < figures.bought < 7_200 * TONNE
    assert 40_000_000 * YUAN < figures.traded < 41_000_000 * YUAN
    assert figures.saved > 0
    states = list(Round.objects.order_by("pk").values_list("state", flat=True))
    assert states == [
        RoundState.FINAL,
        RoundState.FINAL,
        RoundState.AWARDED,
        RoundState.CLOSED,
        RoundState.BIDDING,
        RoundState.COLLECTING,
        RoundState.DRAFT,
    ]
    assert {run.state for run in AwardRun.objects.all()} == {RunState.PROVED}
    operator = Round.objects.earliest("pk").created_by
    assert all(figure.paid < figure.alone for figure in awarded_rounds(seen_by=operator))
    tubes = Share.objects.get(member__name_en="Changguan Bearing Tubes", quantity__gt=2_000 * TONNE)
    assert tubes.stand_alone is not None
    saved_per_tonne = (tubes.stand_alone - tubes.payment) * TONNE // tubes.quantity // YUAN
    assert 30 <= saved_per_tonne <= 50
    assert check().broken_at is None
