"""Reading rows of a sheet: every cell on its own, so that one fault never hides another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext_noop as _

from industry_brain.catalogue.models import Material
from industry_brain.catalogue.queries import materials
from industry_brain.demands.engine.cells import days_of, list_of, price_of, quantity_of
from industry_brain.demands.engine.columns import Heading
from industry_brain.demands.engine.faults import CellError, Fault, Option
from industry_brain.demands.engine.materials import MaterialReader, plain
from industry_brain.demands.queries import confirmed_writings
from industry_brain.firms.models import Firm, Place
from industry_brain.firms.queries import places, suppliers
from industry_brain.rounds.models import Round, Window
from industry_brain.rounds.queries import windows_of

T = TypeVar("T")
N = TypeVar("N", Place, Firm)


@dataclass(frozen=True)
class Wanted:
    """A row as it was understood: everything a demand consists of."""

    material: Material
    place: Place
    window: Window
    quantity: int
    reserve_price: int | None = None
    last_price: int | None = None
    substitutes: tuple[Material, ...] = ()
    excluded_suppliers: tuple[Firm, ...] = ()
    written_as: str = ""

    @property
    def key(self) -> tuple[int, int, int]:
        """What makes two rows of a member the same demand."""
        return self.material.pk, self.place.pk, self.window.pk


@dataclass(frozen=True)
class Reading:
    """What a row says, or everything that is wrong with it."""

    wanted: Wanted | None
    faults: tuple[Fault, ...]


class Reader:
    """Reads the rows of one member's sheets in one round."""

    def __init__(self, round_: Round, member: Firm) -> None:
        self.round, self.member = round_, member
        self.materials = MaterialReader(materials(category=round_.category), confirmed_writings(member))
        self.places = list(places())
        self.windows = list(windows_of(round_))
        self.suppliers = list(suppliers())

    def read(self, headings: Sequence[Heading], cells: Sequence[str]) -> Reading:
        """Read a row; the faults of all its cells come together."""
        texts = _by_field(headings, cells)
        heading = {h.field: h for h in headings if h.field}
        faults: list[Fault] = []

        def take(field: str, read: Callable[[], T]) -> T | None:
            try:
                return read()
            except CellError as error:
                faults.append(error.fault(field))
                return None

        def price(field: str) -> int | None:
            per_kilogram = field in heading and heading[field].per_kilogram
            return price_of(texts.get(field, ""), per_kilogram=per_kilogram)

        per_kilogram = "quantity" in heading and heading["quantity"].per_kilogram
        parts = [cell for h, cell in zip(headings, cells, strict=False) if h.field == "material"]
        material = take("material", lambda: self.materials.read(parts))
        quantity = take(
            "quantity",
            lambda: quantity_of(texts.get("quantity", ""), texts.get("unit", ""), per_kilogram=per_kilogram),
        )
        place = take("place", lambda: self._place(texts.get("place", "")))
        window = take("window", lambda: self._window(texts.get("window", "")))
        reserve = take("reserve_price", lambda: price("reserve_price"))
        last = take("last_price", lambda: price("last_price"))
        instead = take("substitutes", lambda: self._substitutes(texts.get("substitutes", ""), material))
        without = take("excluded_suppliers", lambda: self._excluded(texts.get("excluded_suppliers", "")))
        if faults or material is None or quantity is None or place is None or window is None:
            return Reading(None, tuple(faults))
        written = " ".join(part.strip() for part in parts if part.strip())[:300]
        wanted = Wanted(
            material, place, window, quantity, reserve, last, instead or (), without or (), written
        )
        return Reading(wanted, ())

    def _place(self, text: str) -> Place:
        if not text.strip():
            return self.member.place
        found = _named(text, self.places, lambda p: (p.code, p.name, p.name_en))
        if found is None:
            raise CellError(
                "place_unknown",
                _("There is no delivery place “{text}”. Choose one of the platform's places."),
                options=_options(self.places, near=text, key=lambda p: p.code),
                text=text[:60],
            )
        return found

    def _window(self, text: str) -> Window:
        wanted = plain(text)
        for window in self.windows:
            if wanted and wanted in (plain(window.code), plain(str(window))):
                return window
        days = days_of(text, self.round.call_off_from) if wanted else None
        if days is not None:
            fitting = [w for w in self.windows if w.starts_on <= days[0] and days[1] <= w.ends_on]
        else:
            fitting = [] if wanted else self.windows
        if len(fitting) == 1:
            return fitting[0]
        options = [Option(w.code, f"{w.code}：{w}", f"{w.code}: {w}") for w in fitting or self.windows]
        if not wanted:
            raise CellError(
                "window_missing",
                _("The delivery window is missing; this round has several. Choose one."),
                options=options,
            )
        if fitting:
            raise CellError(
                "window_several",
                _("“{text}” lies in several delivery windows of this round. Choose one."),
                options=options,
                text=text[:40],
            )
        raise CellError(
            "window_unknown",
            _("“{text}” is not a delivery window of this round. Choose one, or write a day within it."),
            options=options,
            text=text[:40],
        )

    def _substitutes(self, text: str, material: Material | None) -> tuple[Material, ...]:
        if not text.strip():
            return ()
        whole = self.materials.by_name.get(plain(text))
        found = [whole] if whole else [self._substitute(part) for part in list_of(text)]
        if material is not None and material in found:
            raise CellError(
                "substitute_same", _("A material cannot stand in for itself. Name others or leave it empty.")
            )
        return tuple({m.pk: m for m in found}.values())

    def _substitute(self, part: str) -> Material:
        try:
            return self.materials.read([part])
        except CellError as error:
            raise CellError(
                "substitute_unknown",
                _("The substitute “{text}” is not exactly one material of the catalogue. Write its code."),
                options=error.options,
                text=part[:60],
            ) from error

    def _excluded(self, text: str) -> tuple[Firm, ...]:
        found = {}
        for part in list_of(text):
            firm = _named(part, self.suppliers, lambda f: (f.reference, f.name, f.name_en))
            if firm is None:
                raise CellError(
                    "supplier_unknown",
                    _("There is no supplier “{text}”. Write its reference or its full name."),
                    options=_options(self.suppliers, near=part, key=lambda f: f.reference),
                    text=part[:60],
                )
            found[firm.pk] = firm
        return tuple(found.values())


def _by_field(headings: Sequence[Heading], cells: Sequence[str]) -> Mapping[str, str]:
    return {h.field: cell for h, cell in zip(headings, cells, strict=False) if h.field}


def _named(text: str, things: Iterable[N], names: Callable[[N], tuple[str, ...]]) -> N | None:
    wanted = plain(text)
    found = [thing for thing in things if wanted in {plain(name) for name in names(thing) if name}]
    return found[0] if len(found) == 1 else None


def _options(things: Sequence[N], *, near: str, key: Callable[[N], str]) -> list[Option]:
    """Offer what a text may mean first: things whose name it holds or begins, then the others."""
    wanted = plain(near)

    def alike(thing: N) -> bool:
        return any(
            plain(n) and (plain(n) in wanted or wanted in plain(n)) for n in (thing.name, thing.name_en)
        )

    ordered = sorted(things, key=lambda thing: not alike(thing))
    return [Option(key(thing), thing.name, thing.name_en) for thing in ordered[:30]]
