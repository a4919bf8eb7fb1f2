"""Cases by name, how they are timed, and where results go."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from importlib import import_module, metadata
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
MODULES = ("awards", "sharing", "imports", "pages")
PACKAGES = ("highspy", "numpy", "django")


@dataclass
class Row:
    """One measured line: what was measured, medians and spread in seconds, and what came out."""

    what: str
    seconds: float
    cpu_seconds: float
    spread: float = 0.0
    repetitions: int = 1
    facts: dict[str, object] = field(default_factory=dict)
    right: bool = True


@dataclass(frozen=True)
class Case:
    """A question that a benchmark answers, and the rows that answer it."""

    name: str
    question: str
    rows: Callable[[], Iterator[Row]]


def timed(what: str, run: Callable[[], dict[str, object]], *, repetitions: int = 1) -> Row:
    """Run something so often and give the medians of wall and processor time, children included."""
    walls, cpus, facts = [], [], dict[str, object]()
    for _repetition in range(repetitions):
        wall, cpu = time.perf_counter(), _cpu()
        facts = run()
        walls.append(time.perf_counter() - wall)
        cpus.append(_cpu() - cpu)
    return Row(
        what=what,
        seconds=round(statistics.median(walls), 4),
        cpu_seconds=round(statistics.median(cpus), 4),
        spread=round(max(walls) - min(walls), 4),
        repetitions=repetitions,
        facts=facts,
        right=bool(facts.pop("right", True)),
    )


def load() -> dict[str, Case]:
    """Give all cases by name."""
    cases = [import_module(f"benchmarks.cases.{name}").CASE for name in MODULES]
    return {case.name: case for case in cases}


def run_case(case: Case) -> bool:
    """Run a case, print its rows as they come, write its file; False when an answer was wrong."""
    print(f"\n{case.name}: {case.question}")
    rows = []
    for row in case.rows():
        rows.append(row)
        facts = "  ".join(f"{name} {value}" for name, value in row.facts.items())
        mark = "" if row.right else "  WRONG"
        print(
            f"  {row.what:<42} {row.seconds:9.3f} s  cpu {row.cpu_seconds:9.3f} s  {facts}{mark}", flush=True
        )
    RESULTS.mkdir(exist_ok=True)
    report = {
        "case": case.name,
        "question": case.question,
        "machine": machine(),
        "rows": [*map(asdict, rows)],
    }
    text = json.dumps(report, ensure_ascii=False, indent=1, default=str)
    (RESULTS / f"{case.name}.json").write_text(text + "\n", encoding="utf-8")
    return all(row.right for row in rows)


def machine() -> dict[str, object]:
    """Say on what and with what was measured."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "load_at_start": round(os.getloadavg()[0], 2),
        "packages": {name: metadata.version(name) for name in PACKAGES},
        "commit": commit.stdout.strip(),
        "measured_at": time.strftime("%Y-%m-%d %H:%M", time.gmtime()),
    }


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
