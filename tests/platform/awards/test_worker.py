"""A worker that is killed in the middle of an award: another one takes over, and nothing is lost."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
WORK = "from industry_brain.config.cli import main; main()"


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """A platform of its own, on a SQLite file."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BRAIN_", "DJANGO_"))}
    return kept | {
        "BRAIN_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "industry_brain.config.settings.demo",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }


def work(surroundings: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WORK, "work", "--name", "test", "--quiet"]
    return subprocess.Popen(command, env=surroundings, cwd=ROOT, start_new_session=True)


def wait_for(read: Callable[[], dict[str, Any]], wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if wanted(found := read()):
            return found
        assert found["state"] != "failed", found
        time.sleep(0.1)
    raise AssertionError(f"waited in vain; last seen {read()}")


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_an_award_survives_a_worker_killed_in_the_middle(
    surroundings: dict[str, str], tmp_path: Path
) -> None:
    prepared = subprocess.run(
        [sys.executable, "-m", "tests.platform.awards.worker"],
        env=surroundings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert prepared.returncode == 0, prepared.stderr

    def run() -> dict[str, Any]:
        with closing(sqlite3.connect(tmp_path / "demo.sqlite3", timeout=20)) as database:
            database.row_factory = sqlite3.Row
            return dict(database.execute("SELECT * FROM awards_awardrun").fetchone())

    first = work(surroundings)
    working = wait_for(run, lambda found: found["state"] == "solving" and found["phase"] != "reading")
    first.send_signal(signal.SIGKILL)
    first.wait()
    left = run()

    second = work(surroundings)
    try:
        done = wait_for(run, lambda found: found["state"] not in {"queued", "solving"})
    finally:
        second.terminate()
        second.wait()

    assert (working["attempt"], left["state"], left["landed_cost"]) == (1, "solving", None)
    assert (done["attempt"], done["failure"]) == (2, "")
    assert done["state"] in {"proved", "within_gap"}
    assert done["landed_cost"] > 0
    with closing(sqlite3.connect(tmp_path / "demo.sqlite3")) as database:
        shares = database.execute("SELECT COUNT(*), SUM(payment) FROM awards_share").fetchone()
    assert shares == (6, done["landed_cost"])
