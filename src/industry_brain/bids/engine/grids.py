"""The grids in which people write a bid: their headings, what a cell holds, and what to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise
CellKind = Literal["text", "price", "weight", "amount", "percent", "scope", "choice"]


@dataclass(frozen=True)
class GridColumn:
    """One column: its name in code, its heading, and what its cells hold."""

    name: str
    heading: Text
    kind: CellKind
    unit: Text = ""


@dataclass(frozen=True)
class Grid:
    """One grid: its name in code, its title, one sentence about it, and its columns.

    ``fixed`` grids have a row for each thing of the round; in others people add rows.
    """

    name: str
    title: Text
    hint: Text
    columns: tuple[GridColumn, ...]
    fixed: bool = False


PER_TONNE = _("yuan/t")
TONNES = pgettext_lazy("unit of weight", "t")
YUAN = _("yuan")

GRID_LIST: tuple[Grid, ...] = (
    Grid(
        "offers",
        _("Prices"),
        _(
            "A price, or an index and the premium on it. The greatest quantity limits what you sell; the "
            "least means: nothing of this item, or at least so much. Leave out what you do not offer."
        ),
        (
            GridColumn("item", _("Item"), "text"),
            GridColumn("price", _("Price"), "price", PER_TONNE),
            GridColumn("index", _("Price index"), "choice"),
            GridColumn("premium", _("Premium"), "price", PER_TONNE),
            GridColumn("min", _("Least quantity"), "weight", TONNES),
            GridColumn("max", _("Greatest quantity"), "weight", TONNES),
        ),
        fixed=True,
    ),
    Grid(
        "freight",
        _("Freight"),
        _(
            "Leave all of it empty if your prices are delivered. Once one place has a rate, a place "
            "without one is not served by you."
        ),
        (
            GridColumn("place", _("Delivery place"), "text"),
            GridColumn("price", _("Freight"), "price", PER_TONNE),
        ),
        fixed=True,
    ),
    Grid(
        "tiers",
        _("Discounts"),
        _(
            "A row a tier; the first tier starts at 0. Rows with the same name belong together. “All "
            "units”: every tonne gets the tier that the total reaches. “By parts”: only the tonnes inside "
            "a tier get it. Items such as 1-3, 5; empty means all you offer. An item is in one discount only."
        ),
        (
            GridColumn("discount", _("Discount"), "text"),
            GridColumn("kind", _("Kind"), "choice"),
            GridColumn("items", pgettext_lazy("of a term", "Items"), "scope"),
            GridColumn("from", pgettext_lazy("tier", "From"), "weight", TONNES),
            GridColumn("percent", _("Percentage off"), "percent", "%"),
            GridColumn("off", _("Money off"), "price", PER_TONNE),
        ),
    ),
    Grid(
        "packages",
        _("Packages"),
        _(
            "Sold together at one price before freight, all or nothing, once. Rows with the same name "
            "belong together. Packages with the same word under “only one of” exclude each other."
        ),
        (
            GridColumn("package", _("Package"), "text"),
            GridColumn("item", _("Item number"), "scope"),
            GridColumn("quantity", _("Quantity"), "weight", TONNES),
            GridColumn("price", _("Price of the package"), "amount", YUAN),
            GridColumn("exclusive", _("Only one of"), "text"),
        ),
    ),
    Grid(
        "limits",
        _("Quantity limits"),
        _("Your total over some items, packages included: nothing or at least so much; at most so much."),
        (
            GridColumn("items", pgettext_lazy("of a term", "Items"), "scope"),
            GridColumn("min", _("At least"), "weight", TONNES),
            GridColumn("max", _("At most"), "weight", TONNES),
        ),
    ),
    Grid(
        "charges",
        _("Charges"),
        _("Due once if you win anything, or once for each delivery place you serve."),
        (
            GridColumn("amount", _("Amount"), "amount", YUAN),
            GridColumn("per", _("Due per"), "choice"),
        ),
    ),
    Grid(
        "terms",
        _("Terms"),
        _("Payment within so many days after delivery; delivery within so many days after the order."),
        (
            GridColumn("payment_days", _("Payment days"), "text"),
            GridColumn("lead_days", _("Lead time in days"), "text"),
        ),
        fixed=True,
    ),
)

CHOICES: dict[str, tuple[tuple[str, Text], ...]] = {
    "kind": (("all-units", _("All units")), ("incremental", _("By parts"))),
    "per": (("bid", _("the whole bid")), ("destination", _("each delivery place"))),
}
