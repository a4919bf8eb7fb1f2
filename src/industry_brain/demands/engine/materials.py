"""Which material of the catalogue a text means: by code, by name, as confirmed before, or as written."""

from __future__ import annotations

import unicodedata
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_noop as _

from brain_engines.specs.problem import Choice, Kind, Question, SpecificationError
from brain_engines.specs.questions import sentence
from industry_brain.catalogue.engine import Found, find
from industry_brain.catalogue.models import Material
from industry_brain.demands.engine.faults import CellError, Option

MOST_OPTIONS = 8
# How many answers to questions are tried out for one text, and for how many texts of a sheet.
MOST_ANSWERS = 40
MOST_SEARCHES = 300


def plain(text: str) -> str:
    """Write a text without what does not distinguish names: width, case, spaces.

    >>> plain("ＧＣｒ15  圆钢 φ50")
    'gcr15圆钢φ50'
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class MaterialReader:
    """Finds materials; remembers what it found, because sheets repeat themselves."""

    def __init__(self, materials: Iterable[Material], confirmed: Mapping[str, int]) -> None:
        self.materials = {material.pk: material for material in materials}
        names = [
            (plain(name), material)
            for material in self.materials.values()
            for name in {material.code, material.name, material.name_en}
        ]
        several = Counter(name for name, _material in names)
        self.by_name = {name: material for name, material in names if name and several[name] == 1}
        self.confirmed = {plain(text): pk for text, pk in confirmed.items() if pk in self.materials}
        self.known: dict[str, Material | CellError] = {}
        self.searches = 0

    def read(self, parts: Sequence[str]) -> Material:
        """Give the one material that is meant by the cells of a row, or raise what to ask."""
        written = [part.strip() for part in parts if part.strip()]
        text = " ".join(written)
        if text not in self.known:
            try:
                self.known[text] = self._read(written, text)
            except CellError as error:
                self.known[text] = error
        found = self.known[text]
        if isinstance(found, CellError):
            raise found
        return found

    def _read(self, written: Sequence[str], text: str) -> Material:
        if not written:
            raise CellError(
                "material_missing", _("The material is missing. Write its code or specification.")
            )
        named = self.by_name.get(plain(text)) or self._confirmed(text)
        if named is not None:
            return named
        for part in written:
            if part and (coded := self.by_name.get(plain(part))) is not None:
                return self._agreeing(coded, " ".join(other for other in written if other != part), text)
        return self._understood(text)

    def _confirmed(self, text: str) -> Material | None:
        pk = self.confirmed.get(plain(text))
        return None if pk is None else self.materials[pk]

    def _agreeing(self, coded: Material, rest: str, text: str) -> Material:
        """Give the material named by code, unless the rest of the row plainly says another one."""
        found = self._find(rest) if rest else None
        if found is None or found.answer.specification is None:
            return coded
        if found.material not in (None, coded) or (found.candidates and coded not in found.candidates):
            raise CellError(
                "material_contradiction",
                _("“{text}” names {material}, but describes something else. Which material is meant?"),
                options=_options([coded, *([found.material] if found.material else found.candidates)]),
                text=text[:80],
                material=coded.code,
            )
        return coded

    def _understood(self, text: str) -> Material:
        found = self._find(text)
        question = None if found is None else found.answer.question
        if found is None or question is not None:
            raise self._question(text, question)
        unread = " ".join(r.text.strip() for r in found.answer.remainders_of(Kind.UNREAD))
        if found.material is not None and not unread:
            return found.material
        if found.material is not None:
            raise CellError(
                "material_partly_read",
                _("“{unread}” was not understood. Is this the material?"),
                options=_options([found.material]),
                unread=unread[:80],
            )
        if found.candidates:
            raise CellError(
                "material_to_confirm",
                _("“{text}” could be one of these materials, which say more. Which one is meant?"),
                options=_options(found.candidates),
                text=text[:80],
            )
        raise CellError(
            "material_not_in_catalogue",
            _("“{text}” is not in the catalogue of this category. Ask the operator to add it."),
            text=text[:80],
        )

    def _question(self, text: str, question: Question | None) -> CellError:
        options = _options(self._meanings(text))
        if question is None:
            return CellError(
                "material_unreadable", _("“{text}” could not be read as a material."), text=text[:80]
            )
        asked = {"zh": sentence(question, "zh"), "en": sentence(question, "en")}
        if options:
            message = _("{question} Choose the material that is meant.")
        else:
            message = _("{question} Write the code of the material or its full specification.")
        return CellError(f"material_{question.code}", message, options=options, question=asked)

    def _meanings(self, text: str) -> list[Material]:
        """Try out the answers to the reader's questions, and give the materials they lead to."""
        self.searches += 1
        if self.searches > MOST_SEARCHES:
            return []
        found: dict[int, Material] = {}
        waiting: deque[tuple[Choice, ...]] = deque([()])
        for _attempt in range(MOST_ANSWERS):
            if not waiting:
                break
            choices = waiting.popleft()
            reading = self._find(text, choices)
            if reading is None:
                continue
            question = reading.answer.question
            if question is not None:
                answers = [Choice(question.code, question.subject, option.key) for option in question.options]
                waiting.extend((*choices, answer) for answer in answers if len(choices) < 3)
            for material in [reading.material] if reading.material else reading.candidates:
                found.setdefault(material.pk, material)
        return list(found.values())

    def _find(self, text: str, choices: Sequence[Choice] = ()) -> Found | None:
        try:
            return find(text, self.materials.values(), choices=choices)
        except SpecificationError:
            return None


def _options(materials: Iterable[Material]) -> list[Option]:
    distinct = {material.code: material for material in materials}
    return [Option(m.code, m.name, m.name_en) for m in list(distinct.values())[:MOST_OPTIONS]]
