"""What was acknowledged is there after the process was killed, and the record is whole."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

KILLS = 10
SETUP = """
import django
django.setup()
from django.utils import timezone
from industry_brain.accounts import operations
from industry_brain.accounts.models import Organisation, User
from industry_brain.records.queries import check
"""
FOUND = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
operations.found_platform(username="lin", name="林", name_en="Lin", password="long enough to be one",
    operator="中心", operator_en="Centre", at=timezone.now())
"""
WRITE = """
lin = User.objects.get()
number = 0
while True:
    body = operations.register_body(name=f"机构{number}", name_en="", actor=lin, at=timezone.now())
    print(body.reference, flush=True)
    number += 1
"""
READ = """
import json
found = check()
print(json.dumps({
    "bodies": list(Organisation.objects.values_list("reference", flat=True)),
    "broken": found.broken_at,
    "length": found.length,
}))
"""


@pytest.fixture
def place(tmp_path: Path) -> dict[str, str]:
    """An installation of its own on a SQLite file, as `make demo` has it."""
    settings = {"DJANGO_SETTINGS_MODULE": "industry_brain.config.settings.demo", "BRAIN_VAR": str(tmp_path)}
    around = {name: value for name, value in os.environ.items() if not name.startswith("BRAIN_")}
    return {**around, **settings, "PYTHONPATH": os.pathsep.join(sys.path)}


def run(code: str, place: dict[str, str]) -> str:
    command = [sys.executable, "-c", SETUP + code]
    return subprocess.run(command, env=place, capture_output=True, text=True, check=True).stdout


def killed_while_writing(place: dict[str, str], acknowledged: int) -> list[str]:
    """Let a process write until it has acknowledged so many, then kill it and give all it had said."""
    with subprocess.Popen([sys.executable, "-c", SETUP + WRITE], env=place, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(acknowledged)]
        time.sleep(0.003 * acknowledged)  # somewhere inside a later transaction
        writer.kill()
        lines += writer.stdout.readlines()
    whole = [line.decode().strip() for line in lines if line.endswith(b"\n")]
    assert len(whole) >= acknowledged
    return whole


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(place: dict[str, str]) -> None:
    run(FOUND, place)
    acknowledged: list[str] = []
    for number in range(KILLS):
        acknowledged += killed_while_writing(place, 3 + number)

    kept = json.loads(run(READ, place))

    assert set(acknowledged) <= set(kept["bodies"])
    assert len(acknowledged) == len(set(acknowledged)), "a number was given out twice"
    # one write of each killed process may have been kept without being acknowledged any more
    assert len(kept["bodies"]) - 1 - len(acknowledged) <= KILLS
    assert kept["broken"] is None
    assert kept["length"] == len(kept["bodies"])
