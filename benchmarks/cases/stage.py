"""What benchmarks of the platform measure on; imported once Django is set up."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.registry import Row
from industry_brain.accounts.models import User
from industry_brain.awards.models import AwardRun
from industry_brain.catalogue.models import Material
from industry_brain.demands import operations as demands
from industry_brain.demands.models import Demand, Sheet
from industry_brain.demo.plan import CHAPTERS, Ending
from industry_brain.demo.story import tell
from industry_brain.firms.models import Firm
from industry_brain.rounds import operations as rounds
from industry_brain.rounds.models import Round
from industry_brain.web.spreadsheets import Column, Limits, Table, read_table, workbook
from industry_brain.web.spreadsheets import Sheet as Page

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)


def _stage() -> None:
    if not User.objects.exists():
        chosen = [chapter for chapter in CHAPTERS if chapter.ending is Ending.FINAL][:1]
        tell(at=AT, say=lambda _line: None, chapters=chosen)


class ImportStage:
    """A round that collects, and a workbook of so many demand rows, one in ten of them faulty."""

    def __init__(self, count: int) -> None:
        _stage()
        self.count = count
        self.operator = User.objects.get(username="operator")
        self.round = _collecting_round(self.operator)
        self.member = Firm.objects.filter(is_member=True).order_by("reference").first()
        self.content = _workbook(count)
        self.table: Table | None = None

    def read(self) -> dict[str, object]:
        """Turn the file's bytes into cells."""
        self.table = read_table(self.content, "demands.xlsx", limits=Limits(rows=self.count + 10))
        return {"bytes": len(self.content), "right": len(self.table.rows) == self.count + 1}

    def keep(self) -> dict[str, object]:
        """Check every cell and keep every row; a second row of the same item is explained as such."""
        if self.table is None or self.member is None:
            raise RuntimeError("read the workbook first")
        person = self.member.people.get()
        sheet = demands.import_sheet(self.round, self.member, self.table.rows, actor=person, at=AT)
        taken = Demand.objects.filter(round=self.round).count()
        faulty = Sheet.objects.get(pk=sheet.pk).rows.filter(demand=None).count()
        return {"taken": taken, "explained": faulty, "right": taken > 0 and faulty >= self.count // 10}


def import_stage(count: int) -> ImportStage:
    """Prepare the database and the file."""
    return ImportStage(count)


def _collecting_round(operator: User) -> Round:
    round_ = rounds.create_round(
        title="基准",
        title_en="Benchmark",
        category=Material.objects.select_related("category").earliest("pk").category,
        demands_close_at=AT + timedelta(days=5),
        bids_close_at=AT + timedelta(days=9),
        call_off_from=(AT + timedelta(days=20)).date(),
        call_off_until=(AT + timedelta(days=40)).date(),
        actor=operator,
        at=AT,
    )
    return rounds.publish_round(round_, actor=operator, at=AT)


def _workbook(count: int) -> bytes:
    names = [material.name for material in Material.objects.order_by("code")]
    places = ["砚溪镇", "塘口镇", "禾岭镇", "城东开发区"]
    rows = [
        (
            names[n % len(names)],
            "-1" if n % 10 == 0 else f"{Decimal(n % 90 + 1) / 2}",
            places[n // len(names) % 4],
        )
        for n in range(count)
    ]
    columns = [Column("物料", "text"), Column("数量（吨）", "text"), Column("交货地", "text")]
    return workbook([Page("需求", columns, rows)])


def page_rows(count: int, repetitions: int) -> Iterator[Row]:
    """Fill the database up to so many rounds and measure pages as the operator and a member see them."""
    _stage()
    _fill(count)
    run = AwardRun.objects.get()
    reference = run.round.reference
    member = Firm.objects.filter(is_member=True).order_by("reference")[0].people.get()
    operator = User.objects.get(username="operator")
    for what, person, address in (
        ("round list", operator, reverse("rounds:round_list")),
        ("round list, last page", operator, reverse("rounds:round_list") + f"?page={count // 25}"),
        ("round", operator, reverse("rounds:round_detail", args=[reference])),
        ("award", operator, reverse("awards:run_detail", args=[run.reference])),
        ("award matrix", operator, reverse("awards:award_matrix", args=[run.reference])),
        ("my share", member, reverse("awards:my_share", args=[run.reference])),
        ("overview", operator, reverse("overview:home")),
    ):
        yield _page(what, person, address, repetitions)


def _fill(count: int) -> None:
    first = Round.objects.earliest("pk")
    missing = count - Round.objects.count()
    rows = []
    for number in range(missing):
        copy = Round.objects.get(pk=first.pk) if number == 0 else Round(**_columns(first))
        copy.pk, copy.reference = None, f"R-2000-{number:05d}"
        rows.append(copy)
    Round.objects.bulk_create(rows)


def _columns(row: Round) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in Round._meta.concrete_fields}


def _page(what: str, person: User, address: str, repetitions: int) -> Row:
    client = Client()
    client.force_login(person)
    status = client.get(address).status_code
    walls, cpus = [], []
    queries = _Queries()
    with connection.execute_wrapper(queries):
        client.get(address)
    for _repetition in range(repetitions):
        wall, cpu = time.perf_counter(), time.process_time()
        client.get(address)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return Row(
        what=f"{what} ({Round.objects.count():,} rounds)",
        seconds=round(statistics.median(walls), 4),
        cpu_seconds=round(statistics.median(cpus), 4),
        spread=round(max(walls) - min(walls), 4),
        repetitions=repetitions,
        facts={"queries": queries.count, "status": status},
        right=status == 200,
    )


class _Queries:
    """Counts the statements that go through a connection."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.count += 1
        return execute(*statement)
