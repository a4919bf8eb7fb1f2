"""``python -m benchmarks [NAME …]``: run the named cases, or all; results in ``benchmarks/results``."""

from __future__ import annotations

import sys

from benchmarks.registry import load, run_case


def main() -> int:
    """Run cases one after the other; status 1 when an answer was wrong, however fast."""
    cases = load()
    wanted = sys.argv[1:] or list(cases)
    unknown = [name for name in wanted if name not in cases]
    if unknown:
        print(f"no such case: {', '.join(unknown)}; there are: {', '.join(cases)}", file=sys.stderr)
        return 2
    wrong = [name for name in wanted if not run_case(cases[name])]
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
