"""Reads grade and standards: what steel it is and which papers rule it."""

from __future__ import annotations

import re
from typing import Final

from brain_engines.specs import grades
from brain_engines.specs.names import FAMILY_WORDS
from brain_engines.specs.notebook import Notebook
from brain_engines.specs.problem import Field, Form, How, Kind, Option, Span
from brain_engines.specs.questions import KEEP, NOTE, question, same
from brain_engines.specs.standards import known

_GB: Final = re.compile(
    r"(?<![A-Za-z])(?P<body>GB|YB|JB)\s*(?P<recommended>/?\s*T)?\s*[-_:]?\s*"
    r"(?P<number>[0-9]{2,5}(?:\.[0-9]{1,2})?)(?:\s*[-:]\s*(?P<year>(?:19|20)[0-9]{2}|[89][0-9])(?![0-9]))?",
    re.IGNORECASE,
)
_FOREIGN: Final = re.compile(
    r"(?<![A-Za-z])(?:(?P<jis>JIS)\s*G\s*(?P<jis_number>[0-9]{4})|(?P<astm>ASTM)\s*A\s*(?P<astm_number>[0-9]{2,4})"
    r"|(?:EN\s*)?(?P<iso>ISO)\s*(?P<iso_number>[0-9]{3,5}(?:-[0-9]{1,2})?)"
    r"|(?P<firm>Q/[A-Z0-9]{1,8}\s*[0-9]{1,5}(?:-(?:19|20)[0-9]{2})?))(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_FAMILY: Final = re.compile(
    "|".join(sorted(FAMILY_WORDS, key=lambda word: (-len(word), word))), re.IGNORECASE
)
_JOINT: Final = re.compile(r"(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")
_BEFORE: Final = r"(?<![0-9A-Za-z.φ×□δ])"
_AFTER: Final = r"(?![0-9A-Za-z])(?!\.[0-9])"


def _pattern() -> re.Pattern[str]:
    names = {*grades.GRADES, *grades.OTHER_NAMES, "GCr15", "52100"}
    spelled = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if name.isdigit() and name != "52100":
            continue
        gap = r"(?:\s*|-)" if len(name) >= 5 else ""
        spelled.append(gap.join(re.escape(part) for part in _JOINT.split(name)))
    return re.compile(f"{_BEFORE}(?:{'|'.join(spelled)}){_AFTER}", re.IGNORECASE)


_NAMES: Final = _pattern()
_CARBON: Final = re.compile(
    r"(?<![0-9A-Za-z.φ×□])(?P<number>[0-9]{2})\s*(?:#|号)\s*(?:碳)?(?:钢(?![管板丝带]))?"
    r"|#\s*(?P<after>[0-9]{2})(?![0-9])\s*(?:钢(?![管板丝带]))?"
    r"|(?<![0-9A-Za-z.φ×□])(?P<steel>[0-9]{2})\s*(?:碳钢|钢(?![管板丝带]))"
)
_TOKEN: Final = re.compile(
    rf"{_BEFORE}(?=[A-Za-z0-9]*[A-Za-z])(?=[A-Za-z0-9]*[0-9])[A-Za-z0-9]{{3,24}}(?:-[0-9]{{1,2}})?{_AFTER}"
)
#: Tokens of letters and digits that are not grades: sizes glued to units, tolerance classes.
_NOT_GRADES: Final = re.compile(
    r"(?:[0-9]+(?:mm|cm|m|t|kg|x)|l[0-9]+|od[0-9]+|[0-9]+(?:mm)?x[0-9x]+(?:mm|m)?|s[0-9]+|h[0-9]+)+",
    re.IGNORECASE,
)
_ALLOYED: Final = re.compile(r"cr|mn|mo|ni|si", re.IGNORECASE)
_LONELY: Final = re.compile(
    r"(?<![0-9A-Za-z.φ×□δ=*-])[0-9]{2,4}(?![0-9A-Za-z.]|\s*(?:mm|cm|m|米|毫米|厘米|×|~|-))"
)
_USUAL: Final = ("GCr15", "GCr15SiMn", "20CrMnTi", "40Cr", "42CrMo", "45", "65Mn", "20")


def read_standards(notebook: Notebook) -> None:
    """Read standards for steel and for sizes; two of a kind become a question."""
    steel: dict[str, tuple[int, Span]] = {}
    sizes: dict[str, tuple[int, Span]] = {}
    for pattern, spell in ((_GB, _chinese_standard), (_FOREIGN, _foreign_standard)):
        for match in notebook.page.finds(pattern):
            name, confidence = spell(match)
            entry = known(name)
            target = sizes if entry is not None and entry.sizes_only else steel
            target[name] = (confidence, notebook.page.claim_match(match))
    for field, found in ((Field.STANDARD, steel), (Field.DIMENSION_STANDARD, sizes)):
        names = list(found)
        chosen: str | None = names[0] if names else None
        how = How.WRITTEN
        if len(names) > 1:
            chosen = notebook.ask(
                question(
                    "standards_several",
                    "; ".join(names),
                    options=map(same, names),
                    field=field,
                    found="; ".join(names),
                )
            )
            how = How.ANSWERED
        if chosen is not None:
            notebook.note(field, chosen, found[chosen][0], [found[chosen][1]], how)


def _chinese_standard(match: re.Match[str]) -> tuple[str, int]:
    body = match["body"].upper()
    name = f"{body}/T {match['number']}" if match["recommended"] else f"{body} {match['number']}"
    confidence = 100
    if not match["recommended"] and known(name.replace(f"{body} ", f"{body}/T ")):
        name, confidence = name.replace(f"{body} ", f"{body}/T "), 92
    elif known(name) is None:
        confidence = 75
    year = match["year"]
    if year is not None:
        name += f"-{year if len(year) == 4 else '19' + year}"
    return name, confidence


def _foreign_standard(match: re.Match[str]) -> tuple[str, int]:
    if match["jis"]:
        name = f"JIS G {match['jis_number']}"
    elif match["astm"]:
        name = f"ASTM A{match['astm_number']}"
    elif match["iso"]:
        name = f"ISO {match['iso_number']}"
    else:
        return " ".join(match["firm"].upper().split()), 90
    return name, 95 if known(name) else 75


def read_grade(notebook: Notebook) -> None:
    """Read the grade: by its name, another system's name, or a number like 45#; else ask."""
    families = list(notebook.page.finds(_FAMILY))
    for match in families:
        notebook.page.set_aside(match, Kind.FAMILY)
    found: dict[str, tuple[int, How, list[Span]]] = {}
    for match in notebook.page.finds(_NAMES):
        _remember(notebook, found, match, match.group())
    for match in notebook.page.finds(_CARBON):
        number = match["number"] or match["after"] or match["steel"]
        if grades.is_carbon_number(number):
            _remember(notebook, found, match, number)
    if len(found) > 1:
        names = ", ".join(found)
        chosen = notebook.ask(question("grades_several", names, options=map(same, found), found=names))
        if chosen is None:
            return
        confidence, _, spans = found[chosen]
        notebook.note(Field.GRADE, chosen, confidence, spans, How.ANSWERED)
    elif found:
        ((name, (confidence, how, spans)),) = found.items()
        notebook.note(Field.GRADE, name, confidence, spans, how)
    else:
        _ask_for_grade(notebook, families)
    _check_unknown(notebook)
    _check_family(notebook, families)


def _remember(
    notebook: Notebook, found: dict[str, tuple[int, How, list[Span]]], match: re.Match[str], written: str
) -> None:
    grade = grades.find(re.sub(r"[\s]", "", written)) or grades.find(re.sub(r"[\s-]", "", written))
    if grade is None:
        return
    span = notebook.page.claim_match(match)
    name = grade.grade.name
    confidence, how, spans = found.get(name, (0, How.EQUIVALENT, []))
    if not grade.equivalent:
        how = How.WRITTEN
    found[name] = (max(confidence, grade.confidence), how, [*spans, span])


def _ask_for_grade(notebook: Notebook, families: list[re.Match[str]]) -> None:
    if _ask_about_token(notebook) or _ask_about_number(notebook):
        return
    family = FAMILY_WORDS[families[0].group().lower()] if families else ""
    usual = [grade.name for grade in grades.usual_grades(family)] or list(_USUAL)
    subject = families[0].group() if families else ""
    key = notebook.ask(question("grade_missing", subject, options=map(same, usual), typed=True))
    if key is not None:
        _note_typed(notebook, key, ())


def _ask_about_token(notebook: Notebook) -> bool:
    for match in notebook.page.finds(_TOKEN):
        if not _NOT_GRADES.fullmatch(match.group()):
            _ask_unknown(notebook, match)
            return True
    return False


def _ask_unknown(notebook: Notebook, match: re.Match[str]) -> None:
    near = [same(grade.name) for grade in grades.resembling(match.group())]
    span = notebook.page.span(match.start(), match.end())
    asked = question("grade_unknown", match.group(), options=(*near, KEEP), typed=True, spans=[span])
    key = notebook.ask(asked)
    if key is not None:
        notebook.page.claim_match(match)
        _note_typed(notebook, match.group() if key == KEEP.key else key, (span,))


def _note_typed(notebook: Notebook, written: str, spans: tuple[Span, ...]) -> None:
    """Note a grade that a person chose or typed, listed or not."""
    grade = grades.find(written)
    name = grade.grade.name if grade else " ".join(written.split())[:40]
    if name:
        notebook.note(Field.GRADE, name, 100 if grade else 80, spans, How.ANSWERED)


def _ask_about_number(notebook: Notebook) -> bool:
    for match in notebook.page.finds(_LONELY):
        found = grades.find(match.group())
        if found is None:
            continue
        span = notebook.page.span(match.start(), match.end())
        yes = Option("grade", f"是，{found.grade.name} 钢", f"yes, grade {found.grade.name}")
        no = Option("other", "不是", "no")
        asked = question(
            "grade_is_number", match.group(), options=(yes, no), spans=[span], grade=found.grade.name
        )
        key = notebook.ask(asked)
        if key == "other":
            continue
        if key == "grade":
            notebook.page.claim_match(match)
            notebook.note(Field.GRADE, found.grade.name, 100, [span], How.ANSWERED)
        return True
    return False


def _check_unknown(notebook: Notebook) -> None:
    """Ask about a second word that looks like an alloy grade but is none."""
    if notebook.value(Field.GRADE) is None:
        return
    for match in notebook.page.finds(_TOKEN):
        token = match.group()
        if not _ALLOYED.search(token) or _NOT_GRADES.fullmatch(token) or not grades.resembling(token):
            continue
        span = notebook.page.span(match.start(), match.end())
        names = ", ".join((str(notebook.value(Field.GRADE)), token))
        near = [same(grade.name) for grade in grades.resembling(token, 2)]
        keep = same(str(notebook.value(Field.GRADE)))
        options = {option.key: option for option in (keep, *near)}.values()
        key = notebook.ask(question("grades_several", names, options=options, spans=[span], found=names))
        if key is not None:
            _note_typed(notebook, key, notebook.readings[Field.GRADE].spans)
        return


def _check_family(notebook: Notebook, families: list[re.Match[str]]) -> None:
    reading = notebook.readings.get(Field.GRADE)
    grade = grades.GRADES.get(str(reading.value)) if reading else None
    if grade is None or reading is None or reading.how is How.ANSWERED:
        return
    for match in families:
        family = FAMILY_WORDS[match.group().lower()]
        if family in grade.family or family in _WIDER.get(grade.family, ()):
            continue
        confirm = Option("confirm", f"牌号就是 {grade.name}", f"the grade is {grade.name}")
        key = notebook.ask(
            question(
                "family_contradicts_grade", match.group(), options=[confirm], typed=True, grade=grade.name
            )
        )
        if key is not None and key != confirm.key:
            _note_typed(notebook, key, reading.spans)
        return


#: Families that the trade calls by a wider name as well.
_WIDER: Final = {
    "hardenability": ("alloy",),
    "carbon": ("spring", "plain", "tool"),
    "spring": ("alloy", "carbon"),
    "plain": ("carbon",),
    "low alloy": ("alloy", "plain"),
    "stainless bearing": ("stainless", "bearing"),
    "cold heading": ("carbon", "alloy"),
    "carburising bearing": ("alloy",),
    "alloy": ("hardenability", "tool"),
}


def check_standard(notebook: Notebook) -> None:
    """Ask when the standard does not cover the grade, or not the form."""
    reading = notebook.readings.get(Field.STANDARD)
    entry = known(str(reading.value)) if reading else None
    grade = grades.GRADES.get(str(notebook.value(Field.GRADE)))
    if reading is None or entry is None:
        return
    name = str(reading.value)
    form = notebook.value(Field.FORM)
    families = {grade.family, *_WIDER.get(grade.family, ())} if grade else set()
    asked = None
    if grade is not None and not families & entry.families:
        options = (same(grade.standard), KEEP, NOTE)
        asked = question(
            "standard_contradicts_grade",
            name,
            options=options,
            spans=reading.spans,
            grade=grade.name,
            usual=grade.standard,
        )
    elif entry.form is not None and isinstance(form, Form) and form is not entry.form:
        asked = question("standard_contradicts_form", name, options=(KEEP, NOTE), spans=reading.spans)
    key = notebook.ask(asked) if asked else None
    if key == NOTE.key:
        del notebook.readings[Field.STANDARD]
    elif key is not None and key != KEEP.key:
        notebook.note(Field.STANDARD, key, 100, reading.spans, How.ANSWERED)
