"""What people take away from an award: workbooks, and minutes for signing and filing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from industry_brain.awards.models import AwardLine, AwardRun, Share
from industry_brain.awards.queries import (
    SharesTotal,
    allocations_of,
    approvals_of,
    baselines,
    charges_of,
    comparisons_of,
    cover_of,
    matrix_of,
    packages_of,
    points_of,
    price_list_of,
    shares_of,
    shares_total,
)
from industry_brain.awards.tables import (
    RunRow,
    bought_rows,
    bound_sentence,
    bridge_chart,
    fairness_sentence,
    flow_chart,
    proof_sentence,
    state_label,
    unshared_sentence,
)
from industry_brain.awards.templatetags.awards_tags import gap, grouped
from industry_brain.rounds.states import RoundState
from industry_brain.web import ssr
from industry_brain.web.documents import pdf
from industry_brain.web.formats import amount, in_chinese, money, percent_ppm, tonnes, weight
from industry_brain.web.spreadsheets import Column, Sheet, workbook

_TOTAL = pgettext_lazy("sum", "Total")


def list_workbook(rows: Sequence[RunRow]) -> bytes:
    """Write the list of awards as a workbook."""
    columns = [
        Column(_("Award")),
        Column(_("Round"), width=36),
        Column(_("State")),
        Column(_("Landed cost"), "money"),
        Column(_("Gap")),
        Column(_("My payment"), "money"),
        Column(_("Requested"), "moment"),
    ]
    cells = [
        (
            row.run.reference,
            str(row.run.round),
            row.label,
            row.total,
            gap(row.run.gap_ppb) if row.total is not None else "",
            row.own,
            row.run.requested_at,
        )
        for row in rows
    ]
    return workbook([Sheet(_("Awards"), columns, cells)])


def run_workbook(run: AwardRun, *, at: datetime) -> bytes:
    """Write everything an award shows, a sheet each."""
    note = _("Award {run} of {round}, exported {at}").format(run=run.reference, round=run.round, at=_at(at))
    return workbook(
        [
            _summary(run, note),
            _matrix(run),
            _lines(run),
            _extras(run),
            _allocations(run),
            _shares(run),
            _price_list(run),
            _savings(run),
            _progress(run),
        ]
    )


def _summary(run: AwardRun, note: str) -> Sheet:
    bought, wanted = cover_of(run)
    rows: list[tuple[object, ...]] = [
        (_("State"), state_label(run), None),
        (_("Landed cost"), None, run.landed_cost),
        (_("Evaluated cost"), None, run.evaluated_cost),
        (_("Lower bound"), bound_sentence(run), run.bound),
        (_("Gap"), gap(run.gap_ppb), None),
        (_("Bought"), weight(bought), None),
        (_("Wanted"), weight(wanted), None),
        (_("Fairness"), fairness_sentence(run), None),
        (_("Largest gain of any group apart"), None, run.worst_regret),
        ("SHA-256", run.round_sha256, None),
    ]
    rows += [(str(row.label), row.detail, row.landed) for row in comparisons_of(run)]
    rows += [(_("Approved by"), f"{row.person}: {row.reason}", None) for row in approvals_of(run)]
    columns = [Column(_("What"), width=44), Column(_("Value"), width=48), Column("¥", "money")]
    return Sheet(_("Summary"), columns, rows, notes=[note])


def _matrix(run: AwardRun) -> Sheet:
    suppliers, rows = matrix_of(run)
    columns = [Column(_("Item"), width=40), Column(_("Place of delivery")), Column(_("Quantity"), "weight")]
    for supplier in suppliers:
        columns += [
            Column(_("{supplier}: price").format(supplier=supplier), "price"),
            Column(_("{supplier}: won").format(supplier=supplier), "weight"),
        ]
    cells = [
        (
            str(row.item.material),
            str(row.item.place),
            row.item.quantity,
            *(value for cell in row.cells for value in (cell.price, cell.won or None)),
        )
        for row in rows
    ]
    return Sheet(_("Matrix"), columns, cells)


def _lines(run: AwardRun) -> Sheet:
    columns = [
        Column(_("Supplier")),
        Column(_("Item"), width=40),
        Column(_("Place of delivery")),
        Column(_("Quantity"), "weight"),
        Column(_("Price offered"), "price"),
        Column(_("Discount")),
        Column(_("Price after discount"), "price"),
        Column(_("Freight"), "price"),
        Column(_("Invoice"), "money"),
        Column(_("Landed"), "money"),
    ]
    lines = AwardLine.objects.filter(run=run).select_related("supplier", "item__material", "item__place")
    cells: list[tuple[object, ...]] = [
        (
            str(line.supplier),
            str(line.item.material),
            str(line.item.place),
            line.quantity,
            line.price,
            line.discount,
            line.unit_price,
            line.freight,
            line.invoice,
            line.landed,
        )
        for line in lines.order_by("supplier__reference", "item__code")
    ]
    sums = lines.aggregate(quantity=Sum("quantity"), invoice=Sum("invoice"), landed=Sum("landed"))
    total = (str(_TOTAL), "", "", sums["quantity"], None, "", None, None, sums["invoice"], sums["landed"])
    return Sheet(_("Award lines"), columns, [*cells, total] if cells else cells)


def _extras(run: AwardRun) -> Sheet:
    columns = [Column(_("Supplier")), Column(_("What"), width=40), Column("¥", "money")]
    rows = [
        (str(row.supplier), _("Package {code}").format(code=row.code), row.price) for row in packages_of(run)
    ]
    rows += [
        (str(row.supplier), str(row.place) if row.place else _("Fixed charge"), row.amount)
        for row in charges_of(run)
    ]
    return Sheet(_("Packages and charges"), columns, rows)


def _allocations(run: AwardRun) -> Sheet:
    columns = [
        Column(_("Member")),
        Column(_("Demand")),
        Column(_("Item"), width=40),
        Column(_("Place of delivery")),
        Column(_("Supplier")),
        Column(_("Quantity"), "weight"),
    ]
    rows = [
        (
            str(row.demand.member),
            row.demand.reference,
            str(row.demand.material),
            str(row.demand.place),
            str(row.supplier),
            row.quantity,
        )
        for row in allocations_of(run)
    ]
    return Sheet(_("Who receives what"), columns, rows)


def _shares(run: AwardRun) -> Sheet:
    columns = [
        Column(_("Member")),
        Column(_("Quantity"), "weight"),
        Column(_("Payment"), "money"),
        Column(_("of it credit"), "money"),
        Column(_("Alone"), "money"),
        Column(_("Saving"), "money"),
        Column(_("At the last contract price"), "money"),
        Column(_("At the market reference price"), "money"),
    ]
    shares = list(shares_of(run))
    rows = [_share_row(str(share.member), share) for share in shares]
    if shares:
        rows.append(_share_row(str(_TOTAL), shares_total(shares)))
    return Sheet(_("Shares"), columns, rows)


def _share_row(name: str, of: Share | SharesTotal) -> tuple[object, ...]:
    return (
        name,
        of.quantity,
        of.payment,
        of.credit,
        of.stand_alone,
        of.saving,
        of.last_contract,
        of.market,
    )


def _price_list(run: AwardRun) -> Sheet:
    columns = [Column(_("Item"), width=40), Column(_("Place of delivery")), Column(_("List price"), "price")]
    rows = [(str(row.item.material), str(row.item.place), row.price) for row in price_list_of(run)]
    return Sheet(_("Price list"), columns, rows)


def _savings(run: AwardRun) -> Sheet:
    columns = [
        Column(_("Baseline"), width=36),
        Column(_("Members"), "integer"),
        Column(_("Baseline"), "money"),
        Column(_("Paid"), "money"),
        Column(_("Saving"), "money"),
        Column("%", "percent"),
    ]
    rows = [
        (str(row.label), row.members, row.baseline, row.paid, row.saving, row.saving_ppm)
        for row in baselines(list(shares_of(run)))
    ]
    return Sheet(_("Savings"), columns, rows)


def _progress(run: AwardRun) -> Sheet:
    columns = [
        Column(_("Milliseconds"), "integer"),
        Column(_("Best award so far (evaluated cost)"), "money"),
        Column(_("Lower bound"), "money"),
    ]
    return Sheet(
        pgettext("sheet", "Search"), columns, [(p.milliseconds, p.best_cost, p.bound) for p in points_of(run)]
    )


MINUTES = """
#import "house.typ": *
#let data = json("data.json")
#show: house.with(title: data.title, note: data.note, foot: data.foot, lang: data.lang)
#figures(data.figures)
#for section in data.sections [
  = #section.title
  #for line in section.lines [ #par[#line] ]
  #if section.rows.len() > 0 [
    #show table.cell.where(y: section.rows.len()): set text(weight: if section.total { 700 } else { 400 })
    #set text(size: 8.5pt)
    #data-table(section.headings, section.rows, right: section.right, wide: section.wide)
  ]
  #if section.image != "" [ #image(section.image, width: 100%) ]
]
#v(24pt)
#grid(columns: data.signatures.map(_ => 1fr), gutter: 24pt, ..data.signatures.map(name => [
  #line(length: 100%, stroke: 0.6pt) #text(size: 9pt)[#name]
]))
"""


def minutes(run: AwardRun, *, at: datetime) -> bytes:
    """Set the minutes of an award in the reader's language, as a PDF."""
    images: dict[str, str | bytes] = {}
    for name, chart in (("bridge.svg", bridge_chart(run)), ("flows.svg", flow_chart(run))):
        if chart is not None:
            images[name] = ssr.svg(chart, width=720, height=300)
    return pdf(MINUTES, _minutes_data(run, set(images), at), images, at=at)


def _minutes_data(run: AwardRun, images: set[str], at: datetime) -> dict[str, Any]:
    approvals = list(approvals_of(run))
    bought, wanted = cover_of(run)
    when = _at(at)
    return {
        "title": _("Minutes of award {run}").format(run=run.reference),
        "note": run.round.reference,
        "foot": f"{run.round.reference} · {run.reference} · {when}",
        "lang": "zh" if in_chinese() else "en",
        "figures": [
            {"label": _("Landed cost"), "value": money(run.landed_cost), "note": proof_sentence(run)},
            {
                "label": _("Bought"),
                "value": weight(bought),
                "note": _("of {wanted}").format(wanted=weight(wanted)),
            },
            {"label": _("State"), "value": state_label(run), "note": _round_state(run)},
        ],
        "sections": [
            _about(run),
            _section(
                _("Approvals"),
                (_("Person"), _("Time"), _("Reason")),
                [(str(a.person), _at(a.approved_at), a.reason) for a in approvals],
                wide=2,
            ),
            _awarded(run),
            _section(
                _("Savings"),
                (_("Baseline"), _("Members"), "¥", _("Saving"), "%"),
                [
                    (
                        str(r.label),
                        f"{r.members}/{r.of_members}",
                        amount(r.baseline),
                        amount(r.saving),
                        percent_ppm(r.saving_ppm),
                    )
                    for r in baselines(list(shares_of(run)))
                ],
                right=(1, 2, 3, 4),
                image="bridge.svg" if "bridge.svg" in images else "",
            ),
            _shared(run),
            _section(_("Who delivers where"), (), [], image="flows.svg" if "flows.svg" in images else ""),
        ],
        "signatures": [str(a.person) for a in approvals] or [_("First signature"), _("Second signature")],
    }


def _section(  # noqa: PLR0913 - the parts of a section, by keyword
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Sequence[int] = (),
    lines: Sequence[str] = (),
    image: str = "",
    wide: int = 0,
    total: bool = False,
) -> dict[str, Any]:
    return {
        "title": title,
        "headings": list(headings),
        "rows": [list(row) for row in rows],
        "right": list(right),
        "lines": list(lines),
        "image": image,
        "wide": wide,
        "total": total,
    }


def _about(run: AwardRun) -> dict[str, Any]:
    lines = [
        _("Round: {round}").format(round=run.round),
        _("Requested by {person} on {at}.").format(person=run.requested_by, at=_at(run.requested_at)),
        _bounded(run).format(bound=money(run.bound), cost=money(run.evaluated_cost), gap=gap(run.gap_ppb)),
        _checks(run),
        _("SHA-256 of the round: {digest}").format(digest=run.round_sha256),
    ]
    if not run.is_shared:
        lines.append(unshared_sentence(run) or fairness_sentence(run))
    elif run.is_stable is not None:
        groups = grouped(2 ** shares_of(run).count() - 1)
        lines.append(
            _("Of all {groups} groups of members, none would gain more than {regret} apart.").format(
                groups=groups, regret=money(run.worst_regret)
            )
        )
    lines += _decided(run)
    if run.set_aside_at is not None:
        lines.append(_("This award was set aside: {reason}").format(reason=run.set_aside_reason))
    return _section(_("What was decided"), (), [], lines=lines)


def _decided(run: AwardRun) -> list[str]:
    """Say when the award was approved, until when it stands still, and since when it is final."""
    round_ = run.round
    if run.approved_at is None:
        return []
    lines = [_("Approved by two people on {at}.").format(at=_at(run.approved_at))]
    if round_.standstill_until is not None:
        lines.append(_("Standstill until {until}.").format(until=_at(round_.standstill_until)))
    if round_.final_at is not None:
        lines.append(_("Final since {at}.").format(at=_at(round_.final_at)))
    return lines


def _round_state(run: AwardRun) -> str:
    return _("Round: {round}").format(round=RoundState(run.round.state).label)


def _at(moment: datetime) -> str:
    """Write date and time in full, as papers for filing need them."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def _bounded(run: AwardRun) -> str:
    if run.is_bound_proved:
        return _("No award costs less than {bound} (evaluated); this one costs {cost}. Gap {gap}.")
    return _(
        "No award costs less than {bound} (evaluated), which the solver states and nobody has proved; "
        "this one costs {cost}. Gap {gap}."
    )


def _checks(run: AwardRun) -> str:
    """Say what was checked before any figure was shown."""
    if run.is_bound_proved and run.is_shared:
        return _("Award, proof and shares were checked by independent programs before any figure was shown.")
    if run.is_shared:
        return _("Award and shares were checked by independent programs before any figure was shown.")
    return _("The award was checked by an independent program before any figure was shown.")


def _awarded(run: AwardRun) -> dict[str, Any]:
    headings = (_("Item"), _("Supplier"), "t", "¥/t", _("Invoice ¥"), _("Freight ¥"), _("Landed ¥"))
    return _section(_("What is bought"), headings, bought_rows(run), right=(2, 3, 4, 5, 6), total=True)


def _shared(run: AwardRun) -> dict[str, Any]:
    shares = list(shares_of(run))
    named: list[tuple[str, Share | SharesTotal]] = [(str(share.member), share) for share in shares]
    if shares:
        named.append((str(_TOTAL), shares_total(shares)))
    rows = [
        (name, tonnes(s.quantity), amount(s.payment), amount(s.stand_alone), amount(s.saving))
        for name, s in named
    ]
    headings = (_("Member"), "t", _("Payment"), _("Alone"), _("Saving"))
    return _section(_("Shares"), headings, rows, right=(1, 2, 3, 4), total=bool(shares))
