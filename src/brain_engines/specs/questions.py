"""Every question a reader can ask, with its sentence in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from brain_engines.specs.names import spelled
from brain_engines.specs.problem import Field, Form, Option, Question, Span

#: Code → field in question, English sentence, Chinese sentence.
SENTENCES: Final[Mapping[str, tuple[Field, str, str]]] = {
    "text_empty": (Field.GRADE, "The line is empty. Type the specification.", "这一行没有内容，请填写规格。"),
    "text_too_long": (
        Field.GRADE,
        "The text has {length} characters; a specification line has at most {limit}. Type the line again.",
        "文字有 {length} 个字符，一行规格最多 {limit} 个字符，请重新填写。",
    ),
    "grade_missing": (Field.GRADE, "Which grade is wanted?", "没有看到牌号，请选择或填写牌号。"),
    "grade_unknown": (
        Field.GRADE,
        "There is no grade “{subject}” in the list. Which grade is meant?",
        "牌号库里没有“{subject}”，请确认是哪个牌号。",
    ),
    "grade_is_number": (
        Field.GRADE,
        "Does “{subject}” mean the steel grade {grade}?",
        "“{subject}”是指 {grade} 钢吗？",
    ),
    "grades_several": (
        Field.GRADE,
        "The text names several grades: {found}. Which one is wanted in this line?",
        "一行里出现了多个牌号：{found}，请选择其中一个。",
    ),
    "family_contradicts_grade": (
        Field.GRADE,
        "{grade} is not what is called {subject}. Is {grade} right?",
        "{grade} 不属于“{subject}”，请确认牌号。",
    ),
    "form_missing": (
        Field.FORM,
        "Round bar, tube, or what else? The text does not say the form of {subject}.",
        "没有写明“{subject}”是圆钢、钢管还是其他品种，请选择。",
    ),
    "form_of_two_sizes": (
        Field.FORM,
        "Is {subject} a tube (outer diameter × wall) or a round bar (diameter × length)?",
        "“{subject}”是钢管（外径×壁厚）还是圆钢（直径×长度）？",
    ),
    "size_missing": (
        Field.SECTION,
        "Which size is wanted? The text gives none.",
        "没有看到尺寸规格，请填写。",
    ),
    "wall_missing": (
        Field.SECTION,
        "Which wall thickness (mm) does the tube {subject} have?",
        "钢管“{subject}”没有写壁厚，请填写壁厚（毫米）。",
    ),
    "sizes_unclear": (
        Field.SECTION,
        "“{subject}” does not fit a {form}. Type the sizes in millimetres, for example {example}.",
        "“{subject}”与{form}的尺寸写法不符，请按毫米重新填写，例如 {example}。",
    ),
    "sizes_several": (
        Field.SECTION,
        "The text gives several sizes: {found}. Which one is wanted in this line?",
        "一行里有多个规格：{found}，请选择其中一个，其余另起一行。",
    ),
    "size_unit": (
        Field.SECTION,
        "“{subject}”: is the size in millimetres or really in {unit}?",
        "“{subject}”的尺寸单位是毫米，还是确实是{unit}？",
    ),
    "size_out_of_range": (
        Field.SECTION,
        "A {form} of {subject} is not what mills make ({low} to {high} mm). Type the size, or confirm it.",
        "{form}“{subject}”超出钢厂通常的生产范围（{low}～{high} 毫米），请核对后填写或确认。",
    ),
    "length_unit": (
        Field.LENGTH,
        "Is the length “{subject}” in metres or in millimetres?",
        "长度“{subject}”的单位是米还是毫米？",
    ),
    "length_unclear": (
        Field.LENGTH,
        "A length of {subject} is not usual (0.05 m to 30 m). Is it right?",
        "长度“{subject}”不在通常范围（0.05～30 米），请核对。",
    ),
    "lengths_several": (
        Field.LENGTH,
        "The text gives several lengths: {found}. Which one is wanted?",
        "一行里有多个长度：{found}，请选择其中一个。",
    ),
    "number_unclear": (
        Field.SECTION,
        "What does the number “{subject}” mean?",
        "数字“{subject}”是什么意思？",
    ),
    "word_negated": (
        Field.CONDITION,
        "“{subject}” follows a word like “not”. Is it wanted?",
        "“{subject}”前面有否定字样，请确认是否需要。",
    ),
    "words_several": (
        Field.CONDITION,
        "The text says several things at once: {found}. Which one is wanted?",
        "写法互相矛盾：{found}，请选择其中一个。",
    ),
    "alternatives": (
        Field.CONDITION,
        "“{subject}” leaves a choice. Which is wanted?",
        "“{subject}”写了“或”，请确认要哪一种。",
    ),
    "standards_several": (
        Field.STANDARD,
        "The text names several standards: {found}. Which one rules the steel?",
        "一行里有多个标准：{found}，请选择执行哪一个。",
    ),
    "standard_contradicts_grade": (
        Field.STANDARD,
        "{subject} does not cover {grade}; {usual} does. Which standard is wanted?",
        "{subject} 不包含 {grade}，该牌号通常执行 {usual}，请确认标准。",
    ),
    "standard_contradicts_form": (
        Field.STANDARD,
        "{subject} does not cover this form of steel. Is the standard right?",
        "{subject} 不适用于该品种，请确认标准。",
    ),
}

_FORM_OPTIONS: Final = tuple(Option(form.value, spelled(form, "zh"), spelled(form, "en")) for form in Form)
KEEP: Final = Option("as_written", "按原文保留", "keep as written")
NOTE: Final = Option("note", "仅作备注", "a remark only")


def same(key: str) -> Option:
    """Return an option that reads the same in both languages."""
    return Option(key, key, key)


def form_options(wanted: Iterable[Form] = tuple(Form)) -> tuple[Option, ...]:
    """Return options for forms, in the order of the enumeration."""
    keys = {form.value for form in wanted}
    return tuple(option for option in _FORM_OPTIONS if option.key in keys)


def question(  # noqa: PLR0913 - a question has these parts; all but the first are named
    code: str,
    subject: str = "",
    *,
    options: Iterable[Option] = (),
    typed: bool = False,
    spans: Iterable[Span] = (),
    field: Field | None = None,
    **facts: str,
) -> Question:
    """Make the question of a code about a piece of text."""
    usual, english, _ = SENTENCES[code]
    known = {**facts, "subject": subject}
    if form := known.get("form"):
        known["form"] = spelled(Form(form), "en")
    return Question(
        field=field or usual,
        code=code,
        subject=subject,
        message=_filled(english, known),
        options=tuple(options),
        typed=typed,
        spans=tuple(spans),
        facts={**facts, "subject": subject},
    )


def sentence(asked: Question, language: str) -> str:
    """Say a question in ``zh`` or ``en``."""
    if language != "zh":
        return asked.message
    facts = dict(asked.facts)
    if form := facts.get("form"):
        facts["form"] = spelled(Form(form), "zh")
    if unit := facts.get("unit"):
        facts["unit"] = {"cm": "厘米", "m": "米"}.get(unit, unit)
    return _filled(SENTENCES[asked.code][2], facts)


def _filled(template: str, facts: Mapping[str, str]) -> str:
    # The facts hold text of strangers: they are put in by str.format, never formatted themselves.
    return template.format(**facts)
