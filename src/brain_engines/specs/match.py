"""Find a specification among a catalogue's: exactly, or candidates with every difference named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from brain_engines.specs.problem import Field, Section, Specification

#: What makes two materials the same; how they are weighed is a matter of the order.
IDENTITY: Final = tuple(field for field in Field if field is not Field.WEIGHING)


class Outcome(StrEnum):
    """How well a catalogue holds what is wanted."""

    EXACT = "exact"
    CANDIDATES = "candidates"
    NONE = "none"


class DifferenceKind(StrEnum):
    """Who says what about a field."""

    UNSTATED = "unstated"  # the catalogue entry says more than is wanted
    MISSING = "missing"  # wanted, but the entry does not say it
    UNDATED = "undated"  # the same standard, with and without a year
    OTHER = "other"  # both say something, and not the same


@dataclass(frozen=True)
class Difference:
    """A field in which an entry is not what is wanted."""

    field: Field
    kind: DifferenceKind
    wanted: object
    offered: object


@dataclass(frozen=True)
class Candidate:
    """A catalogue entry that might be meant, and how it differs."""

    key: str
    specification: Specification
    differences: tuple[Difference, ...]

    @property
    def contradicts(self) -> bool:
        """Whether the entry says something else than what is wanted, not merely more or less."""
        return any(difference.kind is DifferenceKind.OTHER for difference in self.differences)


@dataclass(frozen=True)
class Match:
    """The entry that is exactly meant, or the candidates a person can choose from, nearest first."""

    outcome: Outcome
    key: str | None
    candidates: tuple[Candidate, ...] = ()


_COST: Final = {
    DifferenceKind.UNDATED: 1,
    DifferenceKind.UNSTATED: 3,
    DifferenceKind.MISSING: 4,
    DifferenceKind.OTHER: 20,
}


def match(wanted: Specification, catalogue: Mapping[str, Specification], limit: int = 5) -> Match:
    """Match what is wanted with a catalogue by key.

    Exact means that every field of the material agrees; an entry that only says
    more stays a candidate, because somebody has to decide that it is meant.
    Entries of another grade or form are never candidates. Two entries that are
    both exact are both returned as candidates.
    """
    near = [
        Candidate(key, entry, differences(wanted, entry))
        for key, entry in catalogue.items()
        if (entry.grade, entry.form) == (wanted.grade, wanted.form)
    ]
    exact = [candidate for candidate in near if not candidate.differences]
    if len(exact) == 1:
        return Match(Outcome.EXACT, exact[0].key, (exact[0],))
    candidates = tuple(sorted(exact or near, key=lambda candidate: _distance(wanted, candidate))[:limit])
    return Match(Outcome.CANDIDATES if candidates else Outcome.NONE, None, candidates)


def differences(wanted: Specification, offered: Specification) -> tuple[Difference, ...]:
    """Return every field of the material in which two specifications differ."""
    found = []
    for field in IDENTITY:
        mine, theirs = getattr(wanted, field.value), getattr(offered, field.value)
        if mine != theirs:
            found.append(Difference(field, _kind(mine, theirs), mine, theirs))
    return tuple(found)


def _kind(wanted: object, offered: object) -> DifferenceKind:
    if wanted is None or wanted == ():
        return DifferenceKind.UNSTATED
    if offered is None or offered == ():
        return DifferenceKind.MISSING
    if isinstance(wanted, str) and isinstance(offered, str) and _undated(wanted, offered):
        return DifferenceKind.UNDATED
    return DifferenceKind.OTHER


def _undated(wanted: str, offered: str) -> bool:
    short, long = sorted((wanted, offered), key=len)
    return long.startswith(f"{short}-")


def _distance(wanted: Specification, candidate: Candidate) -> tuple[int, int, str]:
    cost = sum(_COST[difference.kind] for difference in candidate.differences)
    return cost, _apart(wanted.section, candidate.specification.section), candidate.key


def _apart(one: Section, other: Section) -> int:
    sizes, theirs = one.sizes(), other.sizes()
    return sum(abs(size - theirs.get(name, 0)) for name, size in sizes.items())
