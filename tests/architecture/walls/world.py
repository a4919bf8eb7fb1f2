"""A world in which everybody has something to hide.

Two operators, three members (one of them a supplier too), three suppliers, the city; rounds at
every stage whose doors differ; every tenant's rows hold canaries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from industry_brain.accounts.models import ApiToken, Organisation, User
from industry_brain.accounts.operations import issue_token
from industry_brain.accounts.states import Role
from industry_brain.awards.models import AwardRun, Share
from industry_brain.awards.operations import approve_award, carry_out_run, start_award
from industry_brain.bids.models import Bid
from industry_brain.bids.operations import save_draft, submit_bid, withdraw_bid
from industry_brain.demands.models import Demand
from industry_brain.demands.operations import import_sheet
from industry_brain.firms.models import Firm
from industry_brain.kernel.money import yuan_from_fen
from industry_brain.rounds.models import Invitation, Item, Round
from industry_brain.rounds.states import RoundState
from tests.architecture.walls.canaries import Canary, number, word
from tests.platform.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory, person
from tests.platform.factories.awards import opened_round, tiers
from tests.platform.factories.catalogue import MaterialFactory
from tests.platform.factories.demands import DemandFactory
from tests.platform.factories.firms import FirmFactory, PlaceFactory, SupplierFactory
from tests.platform.factories.moments import AFTER_BIDS, AFTER_DEMANDS, NOW
from tests.platform.factories.rounds import (
    InvitationFactory,
    ItemFactory,
    RoundFactory,
    ShareRuleFactory,
    WindowFactory,
)

FAR = datetime(2099, 1, 1, 9, tzinfo=UTC)
OPERATORS = ("lin", "zhou")
OVERSEERS = (*OPERATORS, "xu")
MEMBERS = ("chen", "he", "duo")
CITY = ("wu", "gao", "xu")
SUPPLIERS = ("sun", "qian", "zheng")
PEOPLE = (*OPERATORS, "bob", *MEMBERS, *SUPPLIERS, *CITY, "nobody")
ANONYMOUS = "anonymous"
PUBLIC = frozenset((*OPERATORS, *MEMBERS, *CITY))


@dataclass(frozen=True)
class Thing:
    """Something with an address: who may know of it, and who may change it."""

    reference: str
    seen_by: frozenset[str]
    changed_by: frozenset[str] = frozenset()


@dataclass
class World:
    """Everybody, everything that has an address, and every secret."""

    people: dict[str, User] = field(default_factory=dict)
    firms: dict[str, Firm] = field(default_factory=dict)
    things: dict[str, list[Thing]] = field(default_factory=dict)
    canaries: list[Canary] = field(default_factory=list)

    def add(
        self, kind: str, reference: object, seen_by: Iterable[str], changed_by: Iterable[str] = ()
    ) -> None:
        """Remember a thing and who may know of it."""
        thing = Thing(str(reference), frozenset(seen_by), frozenset(changed_by))
        self.things.setdefault(kind, []).append(thing)

    def hide(self, *canaries: Canary) -> None:
        """Remember secrets."""
        self.canaries.extend(canaries)


def now() -> datetime:
    """Give the present moment, as workers read it."""
    return datetime.now(UTC)


def build() -> World:
    """Make the world; inside a transaction that is rolled back afterwards."""
    world = World()
    platform, other = _people(world)
    _drafted(world, platform)
    _collecting(world, platform)
    _sealed(world, platform, "R-SEALED", closed=False)
    _sealed(world, platform, "R-CLOSED", closed=True)
    _others(world, other)
    _awarded(world, platform, "R-UNAPPROVED", first=5812, approved=False)
    _awarded(world, platform, "R-APPROVED", first=5923, approved=True)
    _tokens(world)
    for name in ("round", "shares"):
        world.add("file", name, (*PEOPLE, ANONYMOUS))
    return world


def _people(world: World) -> tuple[Organisation, Organisation]:
    platform = OrganisationFactory(name="集群采购服务中心", name_en="Cluster purchasing centre")
    other = OrganisationFactory(name="别处采购中心", name_en="Purchasing centre elsewhere")
    bureau = OrganisationFactory(name="经信局", name_en="Bureau")
    for name in ("chen", "he", "duo"):
        world.firms[name] = FirmFactory(name=f"成员{name}", name_en=f"Member {name}")
    for name in SUPPLIERS:
        world.firms[name] = SupplierFactory(name=f"供方{name}", name_en=f"Supplier {name}")
    roles: dict[str, tuple[Role, Organisation]] = {
        "lin": (Role.OPERATOR, platform),
        "zhou": (Role.OPERATOR, platform),
        "bob": (Role.OPERATOR, other),
        "wu": (Role.ANALYST, bureau),
        "gao": (Role.COMMISSIONER, bureau),
        "xu": (Role.AUDITOR, bureau),
        **{name: (Role.MEMBER, world.firms[name]) for name in MEMBERS},
        **{name: (Role.SUPPLIER, world.firms[name]) for name in SUPPLIERS},
    }
    for name, (role, organisation) in roles.items():
        world.people[name] = person(role, organisation, name)
    # duo's firm sells as well; it is invited to nothing
    Firm.objects.filter(pk=world.firms["duo"].pk).update(is_supplier=True)
    MembershipFactory(user=world.people["duo"], organisation=world.firms["duo"], role=Role.SUPPLIER)
    world.people["nobody"] = UserFactory(username="nobody")
    for name in ("chen", "he"):
        world.add("member", world.firms[name].reference, {name, *OPERATORS, "bob", *CITY})
    for name in ("sun", "zheng"):
        world.add("supplier", world.firms[name].reference, PEOPLE)
    return platform, other


def _round(world: World, round_: Round, seen_by: Iterable[str], run_by: Iterable[str]) -> Round:
    """Make a round known, with a title that is a secret itself."""
    title = f"canary title of {round_.reference}"
    Round.objects.filter(pk=round_.pk).update(
        title=title, title_en=title, terms=f"canary terms {round_.reference}"
    )
    round_.refresh_from_db()
    readers = frozenset(seen_by)
    world.add("round", round_.reference, readers, run_by)
    world.hide(
        word(f"title of {round_.reference}", title, *readers),
        word(f"terms of {round_.reference}", round_.terms, *readers),
    )
    return round_


def _drafted(world: World, platform: Organisation) -> None:
    draft = _round(world, RoundFactory(reference="R-DRAFTED", operator=platform), OPERATORS, OPERATORS)
    WindowFactory(round=draft, code="w1")


def _collecting(world: World, platform: Organisation) -> None:
    """Members enter demands; what each wants is its own and the operator's business."""
    round_ = RoundFactory(
        collecting=True,
        reference="R-COLLECT",
        operator=platform,
        demands_close_at=FAR,
        bids_close_at=FAR + timedelta(days=7),
    )
    _round(world, round_, PUBLIC, OPERATORS)
    window = WindowFactory(round=round_, code="w1")
    material = MaterialFactory(code="GCr15-CO", diameter=77)
    place = PlaceFactory(code="collect-town")
    stated = {"chen": ("31.477", "6123.4517"), "he": ("29.833", "6234.5619")}
    for name, (tonnes, reserve) in stated.items():
        for state in ("draft", "submitted"):
            demand = DemandFactory(
                submitted=state == "submitted",
                round=round_,
                member=world.firms[name],
                material=material,
                place=place if state == "submitted" else PlaceFactory(),
                window=window,
                quantity=int(tonnes.replace(".", "")) * 1000,
                reserve_price=int(reserve.replace(".", "")),
                last_price=int(reserve.replace(".", "")) + 70_000,
                written_as=f"canary writing of {name}",
            )
            demand.excluded_suppliers.add(world.firms["zheng"])
            world.add("demand", demand.reference, {name, *OVERSEERS}, {name})
        world.hide(
            number(f"quantity of {name}", tonnes, 1_000_000, name, *OVERSEERS),
            number(f"reserve price of {name}", reserve, 10_000, name, *OVERSEERS),
            word(f"writing of {name}", f"canary writing of {name}", name, *OVERSEERS),
        )
        table = [["规格", "吨数", "备注"], [f"canary cell of {name}", "-3", ""]]
        sheet = import_sheet(
            round_,
            world.firms[name],
            table,
            file_name=f"canary file of {name}.xlsx",
            actor=world.people[name],
            at=NOW,
        )
        world.add("sheet", sheet.reference, {name, *OVERSEERS}, {name})
        world.hide(
            word(f"cell of {name}", f"canary cell of {name}", name, *OVERSEERS),
            word(f"file of {name}", f"canary file of {name}", name, *OVERSEERS),
        )
    world.add("row", 2, (*PEOPLE, ANONYMOUS))


def _sealed(world: World, platform: Organisation, reference: str, *, closed: bool) -> None:
    """Sun has a sealed bid and a newer draft, Qian took his back; nobody else knows."""
    readers = PUBLIC | {"sun", "qian"}
    round_ = RoundFactory(bidding=True, reference=reference, operator=platform, bids_close_at=FAR)
    _round(world, round_, readers, OPERATORS)
    window = WindowFactory(round=round_, code="w1")
    material = MaterialFactory(code=f"GCr15-{reference}")
    place = PlaceFactory(code=f"town-{reference}")
    figures = {"chen": ("41.719", "6345.6721"), "he": ("44.923", "6456.7823")}
    quantity = sum(int(tonnes.replace(".", "")) * 1000 for tonnes, _ in figures.values())
    item = ItemFactory(round=round_, material=material, place=place, window=window, quantity=quantity)
    world.add("item", item.code, readers)
    for name, (tonnes, reserve) in figures.items():
        demand = DemandFactory(
            pooled=True,
            round=round_,
            member=world.firms[name],
            material=material,
            place=place,
            window=window,
            item=item,
            quantity=int(tonnes.replace(".", "")) * 1000,
            reserve_price=int(reserve.replace(".", "")),
        )
        world.add("demand", demand.reference, {name, *OVERSEERS}, {name})
        world.hide(
            number(f"quantity of {name} in {reference}", tonnes, 1_000_000, name, *OVERSEERS),
            number(f"reserve price of {name} in {reference}", reserve, 10_000, name, *OVERSEERS),
        )
    ShareRuleFactory(round=round_, supplier=world.firms["sun"], max_ppm=431_700)
    world.hide(word(f"named share rule of {reference}", "431700", *OPERATORS))
    world.hide(word(f"named share rule of {reference} in words", "43.17", *OPERATORS))
    base = 4321 if closed else 4876
    for number_, name in enumerate(("sun", "qian")):
        InvitationFactory(round=round_, supplier=world.firms[name])
        _seal(world, round_, item, name, f"{base + number_}.09", withdrawn=name == "qian")
    if closed:
        Round.objects.filter(pk=round_.pk).update(
            state=RoundState.CLOSED, closed_at=AFTER_BIDS, bids_close_at=AFTER_BIDS
        )


def _seal(world: World, round_: Round, item: Item, name: str, price: str, *, withdrawn: bool) -> None:
    actor, firm = world.people[name], world.firms[name]
    package = [
        {"id": f"canary-pack-{name}-{round_.reference}", "quantities": {item.code: "7"}, "price": f"3{price}"}
    ]
    says: dict[str, Any] = {"offers": [{"item": item.code, "price": price}], "packages": package}
    bid = save_draft(round_, firm, content=says, actor=actor, at=AFTER_DEMANDS)
    revision = submit_bid(bid, actor=actor, at=AFTER_DEMANDS)
    newer = f"3{price[1:]}"
    save_draft(
        round_,
        firm,
        content={**says, "offers": [{"item": item.code, "price": newer}]},
        actor=actor,
        at=AFTER_DEMANDS,
    )
    if withdrawn:
        withdraw_bid(bid, actor=actor, at=AFTER_DEMANDS)
    world.add("bid", bid.reference, {name}, {name})
    world.add("receipt", revision.receipt, {name})
    where = f"{name} in {round_.reference}"
    world.hide(
        number(f"sealed price of {where}", price, 10_000, name),
        number(f"draft price of {where}", newer, 10_000, name),
        word(f"package of {where}", f"canary-pack-{name}-{round_.reference}", name),
        word(f"digest of {where}", revision.sha256, name),
        word(f"receipt of {where}", revision.receipt, name),
    )


def _others(world: World, other: Organisation) -> None:
    """Another operator's rounds: one drafted, one that takes bids."""
    draft = _round(world, RoundFactory(reference="R-ELSEWHERE", operator=other), ("bob",), ("bob",))
    WindowFactory(round=draft, code="w1")
    readers = (PUBLIC - set(OPERATORS)) | {"bob", "qian"}
    round_ = RoundFactory(bidding=True, reference="R-ELSESEAL", operator=other, bids_close_at=FAR)
    _round(world, round_, readers, ("bob",))
    item = ItemFactory(round=round_, window=WindowFactory(round=round_, code="w1"), quantity=83_000_000)
    InvitationFactory(round=round_, supplier=world.firms["qian"])
    _seal(world, round_, item, "qian", "4567.13", withdrawn=False)


def _awarded(world: World, platform: Organisation, reference: str, *, first: int, approved: bool) -> None:
    """Sun and Qian bid and were opened; one wins; each member pays its share."""
    prices = {"sun": f"{first}.37", "qian": f"{first + 10}.41"}
    bids = {
        world.firms[name]: {
            "offers": [{"item": f"item-{n}", "price": price} for n in (0, 1)],
            "discounts": tiers(("0", "0"), ("50", "5" if name == "sun" else "2")),
        }
        for name, price in prices.items()
    }
    round_ = opened_round(platform, [world.firms["chen"], world.firms["he"]], bids, reference=reference)
    for name in ("sun", "qian"):
        bid = Bid.objects.get(round=round_, supplier=world.firms[name])
        assert bid.revision is not None
        world.add("bid", bid.reference, {name, *OVERSEERS}, {name})
        world.add("receipt", bid.revision.receipt, {name})
        world.hide(number(f"price of {name} in {reference}", prices[name], 10_000, name, *OVERSEERS))
    assert Invitation.objects.filter(round=round_).count() == 2
    _unequal(world, round_)
    _round(world, round_, PUBLIC | {"sun", "qian"}, OPERATORS)
    run = start_award(round_, actor=world.people["lin"], at=AFTER_BIDS)
    carry_out_run(run.pk, now=now)
    run.refresh_from_db()
    if approved:
        for name in OPERATORS:
            approve_award(run, reason="canary reason of the award", actor=world.people[name], at=AFTER_BIDS)
        run.refresh_from_db()
    _results(world, run, approved=approved)


def _unequal(world: World, round_: Round) -> None:
    """Let the two members want different weights, so that they pay different sums."""
    for item in Item.objects.filter(round=round_):
        demand = Demand.objects.get(item=item, member=world.firms["chen"])
        demand.quantity += 1_237_000
        demand.save()
        item.quantity += 1_237_000
        item.save()


def _results(world: World, run: AwardRun, *, approved: bool) -> None:
    assert run.landed_cost is not None, run.failure
    concerned = {"chen", "he", "sun", "qian", "wu", "gao"} if approved else set()
    world.add("run", run.reference, {*OVERSEERS, *concerned}, OPERATORS)
    totals = {"chen", "he", "duo", "wu", "gao"} if approved else set()
    if not approved:
        landed = f"{yuan_from_fen(run.landed_cost)}"
        # Sun wins everything, so the preview of its own bid comes to the same sum
        world.hide(number(f"landed cost of {run}", landed, 100, *OVERSEERS, *totals, "sun"))
    for share in Share.objects.filter(run=run).select_related("member"):
        name = next(n for n, firm in world.firms.items() if firm.pk == share.member_id)
        own = {name} if approved else set()
        world.hide(
            number(f"payment of {name} in {run}", f"{yuan_from_fen(share.payment)}", 100, *own, *OVERSEERS)
        )
    if approved:
        for name in ("chen", "he"):
            world.add("share", world.firms[name].reference, {name, *OVERSEERS})
        for name in ("sun", "qian"):
            world.add("result", world.firms[name].reference, {name, *OVERSEERS})


def _tokens(world: World) -> None:
    for name in ("chen", "sun"):
        issue_token(world.people[name], label=f"canary label of {name}", actor=world.people[name], at=NOW)
        token = ApiToken.objects.get(user=world.people[name])
        world.add("token", token.pk, {name}, {name})
