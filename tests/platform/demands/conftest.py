"""A round that collects demands, and what can be asked for in it."""

from datetime import date

import pytest

from brain_engines.specs.read import read
from industry_brain.accounts.models import Organisation
from industry_brain.catalogue.engine import material_facts
from industry_brain.catalogue.models import Material
from industry_brain.firms.models import Firm, Place
from industry_brain.rounds.models import Round, Window
from tests.platform.factories.catalogue import MaterialFactory
from tests.platform.factories.firms import PlaceFactory
from tests.platform.factories.rounds import RoundFactory, WindowFactory


def material(code: str, written: str) -> Material:
    """A material of the catalogue, written as the trade does."""
    specification = read(written).specification
    assert specification is not None
    return MaterialFactory(code=code, **material_facts(specification))


@pytest.fixture
def collecting(platform: Organisation) -> Round:
    """A round that takes demands, with one delivery window."""
    round_ = RoundFactory(reference="R-2026-0001", operator=platform, collecting=True)
    WindowFactory(round=round_, code="all")
    return round_


@pytest.fixture
def window(collecting: Round) -> Window:
    return collecting.windows.get()


@pytest.fixture
def second_window(collecting: Round) -> Window:
    """A later window, so that a demand must say which one it means."""
    Window.objects.filter(round=collecting, code="all").update(ends_on=date(2026, 12, 31))
    return WindowFactory(round=collecting, code="late", starts_on=date(2027, 1, 1), ends_on=date(2027, 2, 28))


@pytest.fixture
def gcr15(db: None) -> Material:
    return material("GCR15-50", "GCr15 圆钢 φ50 热轧")


@pytest.fixture
def gcr15_60(db: None) -> Material:
    return material("GCR15-60", "GCr15 圆钢 φ60 热轧")


@pytest.fixture
def gaoqiao(db: None) -> Place:
    return PlaceFactory(code="gaoqiao", name="高桥", name_en="Gaoqiao")


@pytest.fixture
def home(member_firm: Firm) -> Place:
    """Where the member has its works."""
    return member_firm.place
