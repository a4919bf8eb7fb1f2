"""Every check of the project by name: ``python -m tools.checks all``, or ``lint types sqlite``.

Checks go on after a failure, so that one run tells everything; the status is 1 when any failed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PROCESSES = os.environ.get("BRAIN_TEST_PROCESSES") or str(min(os.cpu_count() or 1, 8))
LOCAL_SERVER = "postgresql:///postgres?host=/var/run/postgresql"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(names: list[str]) -> int:
    """Run the named checks one after the other."""
    unknown = [name for name in names if name not in CHECKS and name != "all"]
    if unknown or not names:
        print(f"Choose from: all {' '.join(CHECKS)}", file=sys.stderr)
        return 2
    chosen = list(CHECKS) if "all" in names else names
    failed = [name for name in chosen if not _passes(name)]
    if failed:
        print(f"\nFailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def lint() -> int:
    """Look for what ruff finds with every rule on."""
    return _run(str(BIN / "ruff"), "check", ".")


def formatting() -> int:
    """See that ruff's formatter would change nothing."""
    return _run(str(BIN / "ruff"), "format", "--check", ".")


def types() -> int:
    """Type-check source, tests, tools and benchmarks strictly."""
    return _run(str(BIN / "mypy"))


def imports() -> int:
    """Hold the contracts of who may import whom."""
    return _run(str(BIN / "lint-imports"), "--no-logo")


def messages() -> int:
    """See that the Chinese messages are complete."""
    return _run(sys.executable, "-m", "tools.catalogue", "--check")


def engines() -> int:
    """Run the engines' tests where Django cannot be imported."""
    return _pytest("tests/engines", "src/brain_engines", "-p", "no:django", "-p", "tools.without_django")


def sqlite() -> int:
    """Run all other tests, on SQLite."""
    if not any((Path(folder) / name).exists() for folder in os.get_exec_path() for name in BROWSERS):
        print("There is no Chromium on PATH: the browser tests are skipped.", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != "BRAIN_TEST_POSTGRES"}
    return _pytest("tests", "--ignore=tests/engines", "src/industry_brain/kernel", environment=environment)


def postgres() -> int:
    """Run the platform's tests and stories on PostgreSQL, where there is one."""
    server = os.environ.get("BRAIN_TEST_POSTGRES", "") or _local_server()
    if not server:
        print("There is no PostgreSQL (BRAIN_TEST_POSTGRES or a local server): not tried.", flush=True)
        return 0
    return _pytest(
        "tests/platform", "tests/stories", environment={**os.environ, "BRAIN_TEST_POSTGRES": server}
    )


CHECKS: dict[str, Callable[[], int]] = {
    "lint": lint,
    "format": formatting,
    "imports": imports,
    "types": types,
    "messages": messages,
    "engines": engines,
    "postgres": postgres,
    "sqlite": sqlite,
}


def _passes(name: str) -> bool:
    print(f"\n=== {name}: {CHECKS[name].__doc__}", flush=True)
    began = time.monotonic()
    status = CHECKS[name]()
    if status:
        print(f"=== {name} failed after {time.monotonic() - began:.0f} s", flush=True)
    return status == 0


def _local_server() -> str:
    """Return the address of this machine's own PostgreSQL if we may make databases there."""
    try:
        with psycopg.connect(LOCAL_SERVER, connect_timeout=2) as connection:
            may = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError:
        return ""
    return LOCAL_SERVER if may and may[0] else ""


def _pytest(*arguments: str, environment: dict[str, str] | None = None) -> int:
    spread = ["-n", PROCESSES] if PROCESSES != "1" else []
    return _run(sys.executable, "-m", "pytest", "-q", *spread, *arguments, environment=environment)


def _run(*command: str, environment: dict[str, str] | None = None) -> int:
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
