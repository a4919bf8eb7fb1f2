"""The people of most tests, each with one line of biography."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from industry_brain.accounts.models import Organisation, User
from industry_brain.accounts.states import Role
from industry_brain.firms.models import Firm
from tests.platform.factories.accounts import OrganisationFactory, person
from tests.platform.factories.firms import FirmFactory, SupplierFactory
from tests.platform.factories.moments import NOW


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are compared in English; pages choose their language themselves (Chinese without a wish)."""
    with translation.override("en"):
        yield


@pytest.fixture
def platform(db: None) -> Organisation:
    """The organisation that runs the rounds."""
    return OrganisationFactory(name="集群采购服务中心", name_en="Cluster purchasing centre")


@pytest.fixture
def operator(platform: Organisation) -> User:
    """Lin runs the rounds."""
    return person(Role.OPERATOR, platform, "lin")


@pytest.fixture
def second_operator(platform: Organisation) -> User:
    """Zhou is Lin's colleague and signs what Lin prepares."""
    return person(Role.OPERATOR, platform, "zhou")


@pytest.fixture
def member_firm(db: None) -> Firm:
    """A bearing works that buys steel."""
    return FirmFactory(name="五洲轴承", name_en="Wuzhou Bearings")


@pytest.fixture
def member(member_firm: Firm) -> User:
    """Chen buys for the bearing works."""
    return person(Role.MEMBER, member_firm, "chen")


@pytest.fixture
def second_member_firm(db: None) -> Firm:
    """Another works, whose rows are none of Chen's business."""
    return FirmFactory(name="天马轴承", name_en="Tianma Bearings")


@pytest.fixture
def second_member(second_member_firm: Firm) -> User:
    """He buys for the other works."""
    return person(Role.MEMBER, second_member_firm, "he")


@pytest.fixture
def supplier_firm(db: None) -> Firm:
    """A steelworks that bids."""
    return SupplierFactory(name="东特钢", name_en="East Special Steel")


@pytest.fixture
def supplier(supplier_firm: Firm) -> User:
    """Sun sells for the steelworks."""
    return person(Role.SUPPLIER, supplier_firm, "sun")


@pytest.fixture
def bureau(db: None) -> Organisation:
    """The city's bureau of economy."""
    return OrganisationFactory(name="经信局", name_en="Bureau of economy")


@pytest.fixture
def analyst(bureau: Organisation) -> User:
    """Wu counts and compares for the bureau."""
    return person(Role.ANALYST, bureau, "wu")


@pytest.fixture
def auditor(db: None) -> User:
    """Xu looks over everybody's shoulder, afterwards."""
    return person(Role.AUDITOR, OrganisationFactory(name="审计局", name_en="Audit office"), "xu")


@pytest.fixture
def on_the_second_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """Doors read the clock; for this test it stands at ``NOW``."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def rival(db: None) -> User:
    """Qian sells for a steelworks that nobody invited."""
    return person(Role.SUPPLIER, SupplierFactory(name="兴钢", name_en="Rising Steel"), "qian")
