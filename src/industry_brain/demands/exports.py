"""Demands as spreadsheets: exactly what the page shows, and the template to fill in."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from industry_brain.catalogue.queries import materials
from industry_brain.demands.engine import FIELDS
from industry_brain.demands.models import Demand
from industry_brain.demands.queries import Picture, Total
from industry_brain.demands.states import DemandState
from industry_brain.firms.queries import places, suppliers
from industry_brain.rounds.models import Round
from industry_brain.rounds.queries import windows_of
from industry_brain.web.spreadsheets import Column, Sheet, workbook


def demands_workbook(round_: Round, demands: Iterable[Demand], *, with_member: bool) -> bytes:
    """Write demands; the member's name only where the reader sees several members."""
    columns = [
        Column(_("Reference")),
        *([Column(_("Member"), width=28)] if with_member else []),
        Column(_("Material code"), width=22),
        Column(_("Material"), width=34),
        Column(_("Place of delivery")),
        Column(_("Delivery window")),
        Column(_("Quantity"), "weight"),
        Column(_("Reserve price"), "price"),
        Column(_("Last contract price"), "price"),
        Column(_("State")),
    ]
    rows = [
        [
            d.reference,
            *([str(d.member)] if with_member else []),
            d.material.code,
            str(d.material),
            str(d.place),
            str(d.window),
            d.quantity,
            d.reserve_price,
            d.last_price,
            str(DemandState(d.state).label),
        ]
        for d in demands
    ]
    return workbook([Sheet(_("Demands"), columns, rows, notes=[str(round_)])])


def picture_workbook(round_: Round, picture: Picture) -> bytes:
    """Write who wants what, members by items, and who is missing."""
    columns = [
        Column(_("Member"), width=28),
        *(Column(f"{c.material.code}@{c.place.code}/{c.window.code}", "weight") for c in picture.columns),
        Column(pgettext("sum", "Total"), "weight"),
        Column(_("Drafts not submitted"), "integer"),
    ]
    rows = [[str(row.member), *row.quantities, row.total, row.drafts] for row in picture.rows]
    sums = [pgettext("sum", "Total"), *(c.quantity for c in picture.columns), picture.total, picture.drafts]
    missing = Sheet(
        _("Nothing submitted"), [Column(_("Member"), width=28)], [[str(f)] for f in picture.missing]
    )
    acceptable = Sheet(
        _("Substitutes"),
        [
            Column(_("Demand")),
            Column(_("Member"), width=28),
            Column(_("Material code"), width=22),
            Column(_("Place of delivery")),
            Column(_("Delivery window")),
            Column(_("Quantity"), "weight"),
            Column(_("Would also take"), width=44),
        ],
        [
            [
                d.reference,
                str(d.member),
                d.material.code,
                str(d.place),
                str(d.window),
                d.quantity,
                "; ".join(m.code for m in d.substitutes.all()),
            ]
            for d in picture.with_substitutes
        ],
    )
    pool = Sheet(_("Pool"), columns, [*rows, sums], notes=[str(round_)])
    return workbook([pool, missing, *([acceptable] if picture.with_substitutes else [])])


def totals_workbook(round_: Round, totals: Iterable[Total]) -> bytes:
    """Write what the pool wants by material; withheld totals stay empty."""
    columns = [
        Column(_("Material code"), width=22),
        Column(_("Material"), width=34),
        Column(_("Members"), "integer"),
        Column(_("Quantity"), "weight"),
    ]
    rows = [[t.material.code, str(t.material), t.members, t.quantity] for t in totals]
    return workbook([Sheet(_("Totals"), columns, rows, notes=[str(round_)])])


def template_workbook(round_: Round) -> bytes:
    """Write an empty sheet to fill in, how to fill it in, and the lists it may refer to."""
    blank = Sheet(_("Demands"), [Column(heading, width=18) for heading in FIELDS.values()], [])
    help_rows = [
        [FIELDS["material"], _("A code from the list, or the specification as you write it on an order.")],
        [FIELDS["quantity"], _("Tonnes with up to three decimals; or write the unit: 800 kg.")],
        [FIELDS["unit"], _("t or kg; may stay empty.")],
        [FIELDS["place"], _("A name or code from the list; empty means your own place.")],
        [
            FIELDS["window"],
            _("A code from the list or a day within it; may stay empty if there is one only."),
        ],
        [FIELDS["reserve_price"], _("The most you would pay, in yuan per tonne with tax; may stay empty.")],
        [FIELDS["last_price"], _("What you pay now, in yuan per tonne; savings are counted from it.")],
        [
            FIELDS["substitutes"],
            _(
                "Codes of materials you would also take, separated by ;. The operator sees them when "
                "pooling; the award itself buys only the material of the row."
            ),
        ],
        [
            FIELDS["excluded_suppliers"],
            _("Suppliers you do not accept, by reference or name, separated by ;."),
        ],
    ]
    how = Sheet(
        _("How to fill it in"), [Column(_("Column")), Column(_("What to write"), width=80)], help_rows
    )
    return workbook([blank, how, *_lists(round_)])


def _lists(round_: Round) -> list[Sheet]:
    code_and_name = [Column(_("Code"), width=24), Column(_("Name"), width=44)]
    return [
        Sheet(
            _("Materials"),
            code_and_name,
            [[m.code, str(m)] for m in materials(category=round_.category)],
        ),
        Sheet(_("Places"), code_and_name, [[p.code, str(p)] for p in places()]),
        Sheet(
            _("Delivery windows"),
            [Column(_("Code")), Column(_("From"), "date"), Column(_("Until"), "date")],
            [[w.code, w.starts_on, w.ends_on] for w in windows_of(round_)],
        ),
        Sheet(_("Suppliers"), code_and_name, [[f.reference, str(f)] for f in suppliers()]),
    ]
