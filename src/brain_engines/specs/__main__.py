"""Read specifications from standard input, a line each, and print what each says.

``python -m brain_engines.specs < lines.txt`` prints for people, in Chinese with
``--zh``; ``--json`` prints one JSON object a line. Exit status 0 when every
line was read, 1 when some became questions.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from brain_engines.specs.describe import describe
from brain_engines.specs.io import answer_to_dict, dumps
from brain_engines.specs.problem import Answer, Kind
from brain_engines.specs.questions import sentence
from brain_engines.specs.read import read


def main(arguments: Sequence[str] | None = None) -> int:
    """Read every line of standard input; return the exit status."""
    parser = argparse.ArgumentParser(prog="brain_engines.specs", description="Read steel specifications.")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--zh", action="store_true", help="print in Chinese")
    options = parser.parse_args(arguments)
    open_questions = 0
    for line in sys.stdin:
        answer = read(line.rstrip("\r\n"))
        open_questions += answer.question is not None
        print(
            dumps(answer_to_dict(answer)) if options.json else _readable(answer, "zh" if options.zh else "en")
        )
    return 1 if open_questions else 0


def _readable(answer: Answer, language: str) -> str:
    lines = [answer.text]
    if answer.specification is not None:
        lines.append(f"  = {describe(answer.specification, language)}  ({answer.confidence} %)")
    if answer.question is not None:
        lines.append(f"  ? {sentence(answer.question, language)}")
        lines.extend(
            f"    - {option.key}: {option.chinese if language == 'zh' else option.english}"
            for option in answer.question.options
        )
    kept = answer.remainders_of(*(kind for kind in Kind if kind is not Kind.SEPARATOR))
    lines.extend(f"  + {remainder.kind}: {remainder.text.strip()}" for remainder in kept)
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
