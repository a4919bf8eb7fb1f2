"""Specifications and answers as JSON: the form in which the platform keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from brain_engines.specs.problem import (
    SIZE_NAMES,
    Answer,
    Condition,
    Field,
    Form,
    Length,
    LengthKind,
    Process,
    Quality,
    Section,
    Specification,
    SpecificationError,
    Surface,
    Treatment,
    Value,
    Weighing,
)

Word = TypeVar("Word", bound=StrEnum)


def specification_to_dict(specification: Specification) -> dict[str, Any]:
    """Return a specification as plain JSON values; fields that are not stated are left out."""
    plain: dict[str, Any] = {}
    for field in Field:
        value = getattr(specification, field.value)
        if value is not None and value != ():
            plain[field.value] = value_to_plain(value)
    return plain


def value_to_plain(value: Value) -> Any:
    """Return the value of a field as plain JSON values."""
    if isinstance(value, Section):
        return value.sizes()
    if isinstance(value, Length):
        bounds = {} if value.minimum is None else {"minimum": value.minimum, "maximum": value.maximum}
        return {"kind": value.kind.value, **bounds}
    if isinstance(value, tuple):
        return [step.value for step in value]
    return str(value)


def specification_from_dict(plain: Mapping[str, Any]) -> Specification:
    """Build a specification from plain JSON values; what does not fit is refused with its place."""
    unknown = sorted(set(plain) - {field.value for field in Field})
    if unknown:
        raise SpecificationError(
            f"A specification has no field “{unknown[0]}”.", code="field_unknown", field=unknown[0]
        )
    try:
        return Specification(
            form=Form(plain["form"]),
            grade=_text(plain, "grade") or "",
            section=_section(plain["section"]),
            length=_length(plain["length"]) if plain.get("length") is not None else None,
            process=tuple(Process(step) for step in plain.get("process", ())),
            standard=_text(plain, "standard"),
            dimension_standard=_text(plain, "dimension_standard"),
            quality=_word(plain, "quality", Quality),
            condition=_word(plain, "condition", Condition),
            treatment=_word(plain, "treatment", Treatment),
            surface=_word(plain, "surface", Surface),
            weighing=_word(plain, "weighing", Weighing),
        )
    except KeyError as missing:
        raise SpecificationError(
            f"A specification needs the field “{missing.args[0]}”.",
            code="field_missing",
            field=str(missing.args[0]),
        ) from missing
    except (TypeError, AttributeError) as wrong:
        raise SpecificationError(f"A field has the wrong type: {wrong}.", code="field_type") from wrong
    except SpecificationError:
        raise
    except ValueError as wrong:
        raise SpecificationError(f"A field has an unknown value: {wrong}.", code="field_value") from wrong


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """Return an answer as plain JSON values."""
    question = answer.question
    return {
        "text": answer.text,
        "specification": specification_to_dict(answer.specification) if answer.specification else None,
        "question": question
        and {
            "field": question.field.value,
            "code": question.code,
            "subject": question.subject,
            "message": question.message,
            "facts": dict(question.facts),
            "typed": question.typed,
            "options": [
                {"key": option.key, "zh": option.chinese, "en": option.english} for option in question.options
            ],
        },
        "readings": [
            {
                "field": reading.field.value,
                "value": value_to_plain(reading.value),
                "confidence": reading.confidence,
                "spans": [[span.start, span.end] for span in reading.spans],
                "how": reading.how.value,
            }
            for reading in answer.readings
        ],
        "remainders": [
            {
                "kind": remainder.kind.value,
                "text": remainder.text,
                "span": [remainder.span.start, remainder.span.end],
                "amount": remainder.amount,
            }
            for remainder in answer.remainders
        ],
        "choices": [
            {"code": choice.code, "subject": choice.subject, "key": choice.key} for choice in answer.choices
        ],
    }


def dumps(plain: Mapping[str, Any]) -> str:
    """Write plain values as one line of JSON: the same values give the same bytes."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _text(plain: Mapping[str, Any], name: str) -> str | None:
    value = plain.get(name)
    if value is not None and not isinstance(value, str):
        raise SpecificationError(f"The field “{name}” is text.", code="field_type", field=name)
    return value


def _word(plain: Mapping[str, Any], name: str, kind: type[Word]) -> Word | None:
    value = plain.get(name)
    return None if value is None else kind(value)


def _section(plain: Mapping[str, Any]) -> Section:
    for name, size in plain.items():
        if name not in SIZE_NAMES or not _is_whole(size):
            raise SpecificationError(
                f"section.{name} is a whole number of micrometres, named {', '.join(SIZE_NAMES)}.",
                code="section_malformed",
                name=str(name),
            )
    return Section(**plain)


def _length(plain: Mapping[str, Any]) -> Length:
    minimum, maximum = plain.get("minimum"), plain.get("maximum")
    if not all(bound is None or _is_whole(bound) for bound in (minimum, maximum)):
        raise SpecificationError("A length is in whole micrometres.", code="length_malformed")
    return Length(LengthKind(plain["kind"]), minimum, maximum)


def _is_whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)
