"""The first whole round, through the pages: from a draft to a final award that anybody can check.

Two works buy bearing steel together, two mills bid.  Every role looks in at every stage; the
figures at the end are found again by the command line from the downloaded files.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from typer.testing import CliRunner

from industry_brain.accounts.models import User
from industry_brain.accounts.states import Role
from industry_brain.awards.cli import files
from industry_brain.awards.models import AwardRun
from industry_brain.firms.models import Firm
from industry_brain.records.queries import check
from industry_brain.rounds.models import Item, Round
from industry_brain.rounds.states import RoundState
from tests.platform.factories.accounts import OrganisationFactory, person
from tests.platform.factories.catalogue import CategoryFactory, MaterialFactory
from tests.platform.factories.firms import FirmFactory, PlaceFactory, SupplierFactory

TIERS = {
    "tiers-0-discount": "volume",
    "tiers-0-kind": "all-units",
    "tiers-0-from": "0",
    "tiers-0-percent": "0",
    "tiers-1-discount": "volume",
    "tiers-1-kind": "all-units",
    "tiers-1-from": "150",
    "tiers-1-percent": "5",
}
pytestmark = pytest.mark.django_db


@dataclass
class Town:
    """Who lives in the story."""

    lin: User
    zhou: User
    chen: User
    he: User
    sun: User
    qian: User
    wu: User
    xu: User
    works: Firm
    other_works: Firm
    east: Firm
    west: Firm


@pytest.fixture
def town() -> Town:
    """Lin and Zhou run the platform, Chen and He buy, Sun and Qian sell, Wu counts, Xu audits."""
    centre = OrganisationFactory(name="集群采购服务中心", name_en="Cluster purchasing centre")
    place = PlaceFactory(code="linqing", name="临清", name_en="Linqing")
    works = FirmFactory(name="五洲轴承", name_en="Wuzhou Bearings", place=place)
    other_works = FirmFactory(name="天马轴承", name_en="Tianma Bearings", place=place)
    east = SupplierFactory(name="东特钢", name_en="East Special Steel")
    west = SupplierFactory(name="西特钢", name_en="West Special Steel")
    CategoryFactory()
    MaterialFactory(code="GCr15-50", diameter=50)
    bureau, office = OrganisationFactory(name="经信局"), OrganisationFactory(name="审计局")
    return Town(
        lin=person(Role.OPERATOR, centre, "lin"),
        zhou=person(Role.OPERATOR, centre, "zhou"),
        chen=person(Role.MEMBER, works, "chen"),
        he=person(Role.MEMBER, other_works, "he"),
        sun=person(Role.SUPPLIER, east, "sun"),
        qian=person(Role.SUPPLIER, west, "qian"),
        wu=person(Role.ANALYST, bureau, "wu"),
        xu=person(Role.AUDITOR, office, "xu"),
        works=works,
        other_works=other_works,
        east=east,
        west=west,
    )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Set the day of November 2026 that the pages read from the clock."""

    def to(day: int) -> None:
        moment = datetime(2026, 11, day, 4, tzinfo=UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return to


def page(user: User, address: str, **facts: Any) -> Any:
    """Look at a page as somebody; with facts, send its form."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client.post(address, facts) if facts else client.get(address)


def done(user: User, address: str, **facts: Any) -> str:
    """Send a form that must be taken; where it leads."""
    answer = page(user, address, **(facts or {"go": "1"}))
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return str(answer["Location"])


def words(user: User, address: str) -> str:
    answer = page(user, address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def state() -> str:
    return Round.objects.get().state


def draft(town: Town) -> str:
    rows = {
        f"{rows}-{name}": "0" for rows in ("indices", "rules") for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return done(
        town.lin,
        "/rounds/new/",
        title="轴承钢十一月",
        title_en="Bearing steel, November",
        category="bearing-steel",
        demands_close_at="2026-11-09T17:00",
        bids_close_at="2026-11-16T17:00",
        call_off_from="2026-12-01",
        call_off_until="2027-02-28",
        standstill_days="3",
        breakaway_capacity="pro-rata",
        suppliers=[town.east.reference, town.west.reference],
        idempotency_key="draft",
        **{
            "windows-TOTAL_FORMS": "1",
            "windows-INITIAL_FORMS": "0",
            "windows-0-code": "winter",
            "windows-0-starts_on": "2026-12-01",
            "windows-0-ends_on": "2027-02-28",
            **rows,
        },
    )


def demand(member: User, reference: str, tonnes: str) -> None:
    done(
        member,
        f"/demands/{reference}/new/",
        material="GCr15-50",
        quantity=tonnes,
        place="linqing",
        window="winter",
        last_price="5,900",
        idempotency_key=f"demand {tonnes}",
    )
    done(member, f"/demands/{reference}/submit/")


def bid(supplier: User, reference: str, price: str, **more: str) -> None:
    item = Item.objects.get().code
    offer = {"offers-0-item": item, "offers-0-price": price}
    terms = {"terms-0-payment_days": "30", "terms-0-lead_days": "12"}
    done(
        supplier,
        f"/bids/{reference}/submit/",
        share="1000000",
        idempotency_key=f"bid {price}",
        **offer,
        **terms,
        **more,
    )


def award(town: Town, reference: str, capture: Any) -> AwardRun:
    with capture(execute=True):
        done(town.lin, "/awards/start/", round=reference, limit_seconds="60", idempotency_key="award")
    return AwardRun.objects.get()


def brain(*arguments: object) -> Any:
    with translation.override("en"):
        return CliRunner().invoke(files, [str(part) for part in arguments])


def collect(town: Town) -> str:
    """A draft that only the operator knows, then open for demands that only their owners know."""
    reference = draft(town).rstrip("/").split("/")[-1]
    own = f"/rounds/{reference}/"
    assert [page(user, own).status_code for user in (town.lin, town.chen, town.sun)] == [200, 404, 404]
    done(town.lin, f"{own}publish/")
    assert [page(user, own).status_code for user in (town.chen, town.wu, town.sun)] == [200, 200, 404]
    demand(town.chen, reference, "120")
    demand(town.he, reference, "80")
    assert "Tianma" not in words(town.chen, f"/demands/{reference}/")
    return reference


def tender(town: Town, reference: str) -> None:
    """Pooled demands, and sealed bids that nobody else can read."""
    own = f"/rounds/{reference}/"
    done(town.lin, f"/demands/{reference}/pool/")
    item = Item.objects.get()
    assert item.quantity == 200_000_000
    done(town.lin, f"{own}market-prices/", **{f"{item.pk}-market_price": "6000"})
    done(town.lin, f"{own}start-bidding/")
    bid(town.sun, reference, "5800", **TIERS)
    bid(town.qian, reference, "5700")
    for reader in (town.lin, town.xu, town.qian, town.chen):
        assert "5,800" not in page(reader, f"/bids/{reference}/").content.decode()
        assert "5,800" not in page(reader, f"/bids/{reference}/matrix/").content.decode()


def decide(town: Town, reference: str, capture: Any) -> str:
    """Opened, awarded, and signed by two people; nobody outside hears of it before."""
    done(town.lin, f"/bids/{reference}/open/")
    assert "5,800" in words(town.xu, f"/bids/{reference}/matrix/")
    run = award(town, reference, capture)
    result = f"/awards/{run.reference}/"
    assert (run.state, run.landed_cost, run.is_stable) == ("proved", 110_200_000, True)
    assert "¥1,102,000.00" in words(town.lin, result)
    outsiders = (town.chen, town.he, town.sun, town.qian, town.wu)
    assert {page(user, result).status_code for user in outsiders} == {404}
    done(town.lin, f"{result}approve/", reason="cheapest and fair")
    assert state() == RoundState.AWARDING
    assert page(town.lin, f"{result}approve/", reason="once more, please").status_code == 422
    done(town.zhou, f"{result}approve/", reason="checked the files")
    assert state() == RoundState.AWARDED
    return result


def look(town: Town, result: str) -> None:
    """Everybody finds their own result, and nobody another's."""
    mine = words(town.chen, f"{result}my-share/")
    assert "¥661,200.00" in mine
    assert "¥22,800.00" in mine
    assert page(town.chen, f"{result}my-share/{town.other_works.reference}/").status_code == 404
    lost = words(town.qian, f"{result}my-result/")
    assert "Even at the deepest discount more than 2 % above the dearest steel bought here." in lost
    assert "5,800" not in lost
    assert "Without this bid" not in words(town.sun, f"{result}my-result/")
    assert "¥1,102,000.00" in words(town.wu, result)
    assert page(town.wu, f"{result}shares/").status_code == 404
    assert "Wuzhou Bearings" in words(town.xu, f"{result}shares/")
    assert page(town.xu, f"{result}minutes.pdf").content.startswith(b"%PDF-")
    assert page(town.xu, f"{result}award.xlsx").content.startswith(b"PK")


def reproduce(town: Town, result: str, folder: Path) -> None:
    """Anybody entitled finds the same figures from the files, without the platform."""
    for kind in ("round", "award", "proof", "shares"):
        (folder / f"{kind}.json").write_bytes(page(town.xu, f"{result}files/{kind}.json").content)
    stated, again, shared = folder / "round.json", folder / "again.json", folder / "shared.json"
    published = [stated, folder / "award.json", folder / "shares.json"]
    checked = brain("check", *published, "--proof", folder / "proof.json")
    assert checked.exit_code == 0, checked.output
    assert brain("award", stated, "--output", again).exit_code == 0
    assert again.read_bytes() == (folder / "award.json").read_bytes()
    assert brain("share", stated, again, "--output", shared).exit_code == 0
    payments = {row["member"]: row["payment"] for row in json.loads(shared.read_text())["members"]}
    assert payments == {town.works.reference: "661200.00", town.other_works.reference: "440800.00"}


def test_the_first_round_from_draft_to_a_final_award(
    town: Town,
    clock: Callable[[int], None],
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    clock(2)
    reference = collect(town)
    clock(10)
    tender(town, reference)
    clock(17)
    result = decide(town, reference, django_capture_on_commit_callbacks)
    look(town, result)

    assert page(town.lin, f"{result}finalise/", go="1").status_code == 422
    clock(22)
    done(town.zhou, f"{result}finalise/")

    assert state() == RoundState.FINAL
    reproduce(town, result, tmp_path)
    assert check().broken_at is None
