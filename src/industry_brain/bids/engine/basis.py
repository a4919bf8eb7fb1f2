"""What a bid refers to: the round's items, places and indices, as rows and as the engine's data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from brain_engines.awards.io import read_round
from brain_engines.awards.problem import Round as EngineRound
from industry_brain.firms.models import Place
from industry_brain.kernel.money import price_from_e4
from industry_brain.kernel.quantity import tonnes_from_grams
from industry_brain.rounds.models import Index, Item, Round
from industry_brain.rounds.queries import indices_of, items_of

SELF = "self"  # the supplier's id where a bid is looked at on its own


@dataclass(frozen=True)
class BasisItem:
    """One item as a bidder sees it; ``number`` is what people call it in grids and sheets."""

    number: int
    item: Item

    @property
    def code(self) -> str:
        """The item's id in round files."""
        return self.item.code

    @property
    def label(self) -> str:
        """The material's name in the reader's language."""
        return str(self.item.material)

    @property
    def tonnes(self) -> Decimal:
        """The pooled quantity."""
        return tonnes_from_grams(self.item.quantity)


@dataclass(frozen=True)
class Basis:
    """The items in declared order and the indices of one round."""

    reference: str
    items: tuple[BasisItem, ...]
    indices: tuple[Index, ...]

    @cached_property
    def by_code(self) -> dict[str, BasisItem]:
        """Items by their code."""
        return {row.code: row for row in self.items}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The delivery places in order of first use."""
        return tuple({row.item.place_id: row.item.place for row in self.items}.values())

    def round_file(self, bids: Iterable[Mapping[str, Any]]) -> str:
        """Write a round file with these bids and nobody's demands, for the engine's strict reader."""
        bids = list(bids)
        return json.dumps(
            {
                "format": "industry-brain/round",
                "version": 1,
                "id": self.reference,
                "items": [_item(row) for row in self.items],
                "members": [],
                "demands": [],
                "suppliers": [{"id": supplier} for supplier in dict.fromkeys(b["supplier"] for b in bids)],
                "indices": {index.code: str(price_from_e4(index.value)) for index in self.indices},
                "bids": bids,
            },
            ensure_ascii=False,
        )

    def round_with(self, bids: Iterable[Mapping[str, Any]]) -> EngineRound:
        """Read these bids as the engine's data; raises ``BadRoundFile`` where one is faulty."""
        return read_round(self.round_file(bids))


def basis_of(round_: Round) -> Basis:
    """Read what bids in a round refer to (two queries)."""
    items = tuple(BasisItem(number, item) for number, item in enumerate(items_of(round_), start=1))
    return Basis(round_.reference, items, tuple(indices_of(round_)))


def _item(row: BasisItem) -> dict[str, Any]:
    data: dict[str, Any] = {"id": row.code, "destination": row.item.place.code}
    if row.item.window.max_lead_days is not None:
        data["max_lead_days"] = row.item.window.max_lead_days
    return data
