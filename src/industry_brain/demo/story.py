"""The reference cluster's story, told through the same operations that its people use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from brain_engines.specs.materials import standard_materials
from brain_engines.specs.problem import Specification
from brain_engines.specs.read import read
from industry_brain.accounts import operations as accounts
from industry_brain.accounts.models import Organisation, User
from industry_brain.accounts.states import Role
from industry_brain.awards import operations as awards
from industry_brain.bids import operations as bids
from industry_brain.catalogue import operations as catalogue
from industry_brain.catalogue.models import Category, Material
from industry_brain.demands import operations as demands
from industry_brain.demands.states import RowState
from industry_brain.demo import cast
from industry_brain.demo.cast import MEMBERS, NEEDS, PASSWORD, PLACES, SUPPLIERS
from industry_brain.demo.plan import (
    CHAPTERS,
    INDEX,
    INDEXED,
    Chapter,
    Ending,
    Quoted,
    Wish,
    bid_of,
    market_price,
    wishes,
)
from industry_brain.firms import operations as firms
from industry_brain.firms.models import Firm, Place
from industry_brain.kernel.models import Counter
from industry_brain.kernel.money import e4_from_price
from industry_brain.kernel.quantity import tonnes_from_grams
from industry_brain.rounds import operations as rounds
from industry_brain.rounds.models import Index, Round, ShareRule
from industry_brain.rounds.queries import items_of
from industry_brain.web.spreadsheets import read_pasted

VERSION = 2
MARK = "demo-story"
HAND_TYPED = (
    ("规格", "吨数", "到哪", "备注"),
    ("GCr15 φ50 热轧 GB/T 18254-2016", "6.5", "塘口镇", ""),
    ("GCr15 50", "4吨", "塘口", "老规格"),
    ("45# 圆 80", "三吨", "塘口镇", "不急"),
    ("20CrMnTi Φ65", "-2", "唐口", ""),
)
STEPS = (Ending.COLLECTING, Ending.BIDDING, Ending.CLOSED, Ending.STANDSTILL, Ending.FINAL)

Say = Callable[[str], None]


@dataclass
class Cluster:
    """Everybody and everything of the story, by the key the cast uses."""

    first: User
    second: User
    category: Category
    places: dict[str, Place] = field(default_factory=dict)
    materials: dict[str, Material] = field(default_factory=dict)
    members: dict[str, tuple[Firm, User]] = field(default_factory=dict)
    suppliers: dict[str, tuple[Firm, User]] = field(default_factory=dict)


def is_told() -> bool:
    """Whether this version of the story is in the database, up to its end."""
    return Counter.objects.filter(key=MARK, value=VERSION).exists()


def tell(*, at: datetime, say: Say, chapters: Sequence[Chapter] = CHAPTERS) -> None:
    """Build the reference cluster as it stands at a moment; every step is an ordinary operation."""
    start = _morning(at) - timedelta(days=90)
    cluster = _found(start)
    say(f"{len(MEMBERS)} members, {len(SUPPLIERS)} suppliers, {len(cluster.materials)} materials")
    for chapter in chapters:
        round_ = _tell_chapter(chapter, cluster, _morning(at))
        say(f"{round_}: {round_.get_state_display()}")
    Counter.objects.update_or_create(key=MARK, defaults={"value": VERSION})


def _morning(at: datetime) -> datetime:
    """Nine o'clock of the day before, in local time: a story told twice a day is the same."""
    local = timezone.localtime(at)
    return timezone.make_aware(datetime.combine(local.date() - timedelta(days=1), time(9)))


def _found(at: datetime) -> Cluster:
    first, second = cast.LOGINS[0], cast.LOGINS[1]
    operator = accounts.found_platform(
        username=first.username,
        name=first.name,
        name_en=first.name_en,
        password=PASSWORD,
        operator=cast.OPERATOR[0],
        operator_en=cast.OPERATOR[1],
        at=at,
    )
    platform = Organisation.objects.get()
    colleague = _admit(platform, second, (Role.OPERATOR,), operator, at)
    category = catalogue.add_category(
        code="bearing-steel", name="轴承用钢", name_en="Bearing steel", actor=operator, at=at
    )
    cluster = Cluster(operator, colleague, category)
    _add_places_and_materials(cluster, at)
    _register_members(cluster, at)
    _register_suppliers(cluster, at)
    _admit_city(cluster, at)
    return cluster


def _admit(
    organisation: Organisation, login: cast.Login, roles: tuple[Role, ...], actor: User, at: datetime
) -> User:
    return accounts.admit_person(
        organisation,
        username=login.username,
        name=login.name,
        name_en=login.name_en,
        password=PASSWORD,
        roles=roles,
        actor=actor,
        at=at,
    )


def _add_places_and_materials(cluster: Cluster, at: datetime) -> None:
    for place in PLACES:
        cluster.places[place.code] = firms.add_place(
            code=place.code, name=place.name, name_en=place.name_en, actor=cluster.first, at=at
        )
    written = {line: _specification(line) for need in NEEDS.values() for line, _price in need}
    standard = [one for one in standard_materials() if one not in written.values()]
    for specification in (*written.values(), *standard):
        material = catalogue.add_material(
            specification, category=cluster.category, actor=cluster.first, at=at
        )
        cluster.materials[material.name] = material


def _specification(line: str) -> Specification:
    specification = read(line).specification
    if specification is None:
        raise RuntimeError(f"the story's own material is in question: {line}")
    return specification


def _register_members(cluster: Cluster, at: datetime) -> None:
    known = {0: cast.LOGINS[2], 4: cast.LOGINS[3]}
    for number, member in enumerate(MEMBERS):
        firm = firms.register_firm(
            name=member.name,
            name_en=member.name_en,
            credit_code=f"91370000DEMO{number:05d}M",
            place=cluster.places[member.place],
            is_member=True,
            is_supplier=False,
            actor=cluster.first,
            at=at,
        )
        anybody = cast.Login(f"member-{number + 1:02d}", "采购经理", "Purchasing manager", "", "")
        person = _admit(firm, known.get(number, anybody), (Role.MEMBER,), cluster.first, at)
        cluster.members[member.name_en] = (firm, person)


def _register_suppliers(cluster: Cluster, at: datetime) -> None:
    known = {"lancheng": cast.LOGINS[4], "beilu": cast.LOGINS[5]}
    for number, supplier in enumerate(SUPPLIERS):
        firm = firms.register_firm(
            name=supplier.name,
            name_en=supplier.name_en,
            credit_code=f"91370000DEMO{number:05d}S",
            place=cluster.places[PLACES[number % len(PLACES)].code],
            is_member=False,
            is_supplier=True,
            quality_ppm=supplier.quality * 10_000,
            actor=cluster.first,
            at=at,
        )
        anybody = cast.Login(f"supplier-{number + 1:02d}", "销售经理", "Sales manager", "", "")
        person = _admit(firm, known.get(supplier.key, anybody), (Role.SUPPLIER,), cluster.first, at)
        cluster.suppliers[supplier.key] = (firm, person)


def _admit_city(cluster: Cluster, at: datetime) -> None:
    analyst, commissioner, auditor = cast.LOGINS[6:9]
    for (name, name_en), people in (
        (cast.BUREAU, ((analyst, Role.ANALYST), (commissioner, Role.COMMISSIONER))),
        (cast.AUDIT, ((auditor, Role.AUDITOR),)),
    ):
        body = accounts.register_body(name=name, name_en=name_en, actor=cluster.first, at=at)
        first, *colleagues = people
        head = _admit(body, first[0], tuple(role for _login, role in people), cluster.first, at)
        for login, role in colleagues:
            _admit(body, login, (role,), head, at)


def _tell_chapter(chapter: Chapter, cluster: Cluster, today: datetime) -> Round:
    opened = today - timedelta(days=chapter.days_ago)
    round_ = _draft(chapter, cluster, opened)
    if chapter.ending is Ending.DRAFT:
        return round_
    rounds.publish_round(round_, actor=cluster.first, at=opened + timedelta(hours=1))
    _collect(round_, chapter, cluster, opened + timedelta(hours=3))
    reached = STEPS.index(chapter.ending)
    if reached >= STEPS.index(Ending.BIDDING):
        _pool_and_bid(round_, chapter, cluster)
    if reached >= STEPS.index(Ending.CLOSED):
        rounds.close_bidding(round_, actor=cluster.first, at=round_.bids_close_at)
    if reached >= STEPS.index(Ending.STANDSTILL):
        _award(round_, cluster, final=chapter.ending is Ending.FINAL)
    round_.refresh_from_db()
    return round_


def _draft(chapter: Chapter, cluster: Cluster, opened: datetime) -> Round:
    starts = (opened + timedelta(days=24)).date()
    round_ = rounds.create_round(
        title=chapter.title,
        title_en=chapter.title_en,
        category=cluster.category,
        demands_close_at=opened + timedelta(days=6, hours=8),
        bids_close_at=opened + timedelta(days=14, hours=8),
        call_off_from=starts,
        call_off_until=starts + timedelta(days=30),
        max_suppliers=5,
        annual_rate_ppm=45_000,
        quality_weight_ppm=20_000,
        standstill_days=5,
        terms="到厂价含税；按实际过磅重量结算；附炉号与质量证明书。",
        actor=cluster.first,
        at=opened,
    )
    value = e4_from_price(Decimal(market_price(INDEXED, chapter)))
    index = Index(code=INDEX, name="GCr15 φ50 市场参考价（演示）", value=value)
    rounds.set_indices(round_, [index], actor=cluster.first, at=opened)
    rounds.set_share_rules(round_, [ShareRule(max_ppm=900_000)], actor=cluster.first, at=opened)
    for firm, _person in cluster.suppliers.values():
        rounds.invite_supplier(round_, firm, actor=cluster.first, at=opened)
    return round_


def _collect(round_: Round, chapter: Chapter, cluster: Cluster, at: datetime) -> None:
    by_member: dict[str, list[Wish]] = {}
    for wish in wishes(chapter):
        by_member.setdefault(wish.member.name_en, []).append(wish)
    for number, (name, lines) in enumerate(by_member.items()):
        if chapter.ending is Ending.COLLECTING and _is_late(number):
            continue
        _put_in(round_, name, lines, cluster, at + timedelta(minutes=11 * number))
    if chapter.ending is Ending.COLLECTING:
        _paste_badly(round_, cluster, at + timedelta(hours=6))


def _paste_badly(round_: Round, cluster: Cluster, at: datetime) -> None:
    """Let the owner of a small works paste a sheet typed by hand; its questions stay open for the visitor."""
    firm, person = cluster.members["Baizhuan Bearing Works"]
    text = "\n".join("\t".join(row) for row in HAND_TYPED)
    demands.import_sheet(
        round_, firm, read_pasted(text).rows, file_name="老何的单子.xls", actor=person, at=at
    )


def _is_late(number: int) -> bool:
    """Leave the visitor's own firm and some others out of a round that still collects."""
    return number in (0, 4) or number % 5 == 3


def _put_in(round_: Round, name: str, lines: list[Wish], cluster: Cluster, at: datetime) -> None:
    """Paste a member's month as its clerk would, and hand it in."""
    firm, person = cluster.members[name]
    sheet = demands.import_sheet(
        round_, firm, read_pasted(_sheet_of(lines)).rows, file_name="用钢计划.xlsx", actor=person, at=at
    )
    faulty = sheet.rows.filter(state=RowState.FAULTY).first()
    if faulty is not None:
        raise RuntimeError(f"the story's own sheet has a fault: {faulty.cells} {faulty.faults}")
    demands.submit_demands(round_, firm, actor=person, at=at + timedelta(minutes=4))


def _sheet_of(lines: list[Wish]) -> str:
    """Write demands as a clerk's sheet, tabs between the cells."""
    avoided = {supplier.key: supplier.name for supplier in SUPPLIERS}
    place_names = {place.code: place.name for place in PLACES}
    rows = [["物料", "数量（吨）", "交货地", "最高限价", "上期合同价", "排除供应商"]]
    for wish in lines:
        reserve = "" if wish.reserve is None else str(wish.reserve)
        without = avoided.get(wish.member.avoids, "")
        place = place_names[wish.place]
        rows.append([wish.written, f"{wish.tonnes:f}", place, reserve, str(wish.last_price), without])
    return "\n".join("\t".join(row) for row in rows)


def _pool_and_bid(round_: Round, chapter: Chapter, cluster: Cluster) -> None:
    pooled_at = round_.demands_close_at + timedelta(hours=1)
    demands.pool_round(round_, actor=cluster.first, at=pooled_at)
    written = {material.pk: line for line, material in cluster.materials.items()}
    items = list(items_of(round_))
    for item in items:
        price = e4_from_price(Decimal(market_price(written[item.material_id], chapter)))
        rounds.set_market_price(item, market_price=price, actor=cluster.first, at=pooled_at)
    rounds.start_bidding(round_, actor=cluster.first, at=pooled_at + timedelta(hours=1))
    quoted = [
        Quoted(item.code, written[item.material_id], item.place.code, tonnes_from_grams(item.quantity))
        for item in items
    ]
    for number, supplier in enumerate(SUPPLIERS):
        if chapter.ending is Ending.BIDDING and number in (0, 3):
            continue  # the visitor's own suppliers have not bid yet
        firm, person = cluster.suppliers[supplier.key]
        moment = pooled_at + timedelta(days=3, minutes=17 * number)
        content = bid_of(supplier, quoted, chapter)
        bid = bids.save_draft(round_, firm, content=content, actor=person, at=moment)
        bids.submit_bid(bid, actor=person, at=moment + timedelta(minutes=5))


def _award(round_: Round, cluster: Cluster, *, final: bool) -> None:
    opened_at = round_.bids_close_at + timedelta(hours=16)
    bids.open_bids(round_, actor=cluster.first, at=opened_at)
    run = awards.start_award(round_, limit_seconds=120, actor=cluster.first, at=opened_at)
    awards.carry_out_run(run.pk, now=_clock(opened_at))
    run.refresh_from_db()
    reason = "到厂总价最低且证明通过，同意定标。"
    awards.approve_award(run, reason=reason, actor=cluster.first, at=opened_at + timedelta(hours=2))
    awards.approve_award(run, reason=reason, actor=cluster.second, at=opened_at + timedelta(hours=3))
    if final:
        round_.refresh_from_db()
        if round_.standstill_until is None:
            raise RuntimeError(f"{round_} was not awarded")
        awards.finalise_award(run, actor=cluster.first, at=round_.standstill_until + timedelta(hours=1))


def _clock(start: datetime) -> Callable[[], datetime]:
    """Tell the story's time to a computation: its start plus the seconds that really pass."""
    began = timezone.now()
    return lambda: start + (timezone.now() - began)
