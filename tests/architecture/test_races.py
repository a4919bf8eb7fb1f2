"""Two people do the same thing at the same moment, as two processes on one database file: one succeeds."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROUNDS = 4
SETUP = """
import json, sys, time
import django
django.setup()
from django.utils import timezone
from industry_brain.accounts.models import User
from industry_brain.awards.models import AwardRun
from industry_brain.awards.operations import approve_award
from industry_brain.bids.operations import open_bids
from industry_brain.kernel.errors import DomainError
from industry_brain.records.models import Record
from industry_brain.records.queries import check
from industry_brain.rounds.models import Round
def at_once(moment, act):
    time.sleep(max(0, float(moment) - time.time()))
    try:
        act()
        print("done")
    except DomainError as refusal:
        print(refusal.status)
"""
BUILD = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from industry_brain.accounts.states import Role
from tests.platform.factories.accounts import OrganisationFactory, person
from tests.platform.factories.awards import AwardRunFactory
from tests.platform.factories.bids import BidFactory
from tests.platform.factories.rounds import RoundFactory
platform = OrganisationFactory()
for name in ("lin", "zhou"):
    person(Role.OPERATOR, platform, name)
for number in range(int(sys.argv[1])):
    round_ = RoundFactory(closed=True, reference=f"R-{number}", operator=platform)
    BidFactory(submitted=True, round=round_)
    opened = RoundFactory(opened=True, state="awarding", reference=f"R-A{number}", operator=platform)
    AwardRunFactory(proved=True, round=opened, reference=f"A-{number}")
"""
OPEN = """
lin = User.objects.get(username=sys.argv[2])
round_ = Round.objects.get(reference=sys.argv[3])
at_once(sys.argv[1], lambda: open_bids(round_, actor=lin, at=timezone.now()))
"""
APPROVE = """
who = User.objects.get(username=sys.argv[2])
run = AwardRun.objects.get(reference=sys.argv[3])
at_once(sys.argv[1], lambda: approve_award(run, reason="cheap and fair", actor=who, at=timezone.now()))
"""
LOOK = """
print(json.dumps({
    "openings": Record.objects.filter(action="bids.open_bids").count(),
    "approvals": [run.approvals.count() for run in AwardRun.objects.order_by("reference")],
    "approved": AwardRun.objects.filter(approved_at__isnull=False, round__state="awarded").count(),
    "broken": check().broken_at,
}))
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation of its own on a SQLite file."""
    var = tmp_path_factory.mktemp("var")
    settings = {"DJANGO_SETTINGS_MODULE": "industry_brain.config.settings.demo", "BRAIN_VAR": str(var)}
    around = {name: value for name, value in os.environ.items() if not name.startswith("BRAIN_")}
    root = str(Path(__file__).resolve().parents[2])
    found = {**around, **settings, "PYTHONPATH": os.pathsep.join([root, *sys.path])}
    told(start(BUILD, found, str(ROUNDS)))
    return found


def start(code: str, place: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", SETUP + code, *arguments]
    return subprocess.Popen(command, env=place, stdout=subprocess.PIPE, text=True)


def told(process: "subprocess.Popen[str]") -> str:
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return said.strip()


def at_once(code: str, place: dict[str, str], people: tuple[str, str], reference: str) -> list[str]:
    """Let two processes act on the same thing; the moment lies far enough ahead for both to be ready."""
    moment = str(time.time() + 6)
    both = [start(code, place, moment, who, reference) for who in people]
    return sorted(told(process) for process in both)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_two_operators_who_open_at_once_one_opens(number: int, place: dict[str, str]) -> None:
    assert at_once(OPEN, place, ("lin", "zhou"), f"R-{number}") == ["409", "done"]


def test_two_people_who_approve_at_once_approve_one_award(place: dict[str, str]) -> None:
    assert at_once(APPROVE, place, ("lin", "zhou"), "A-0") == ["done", "done"]
    found = json.loads(told(start(LOOK, place)))
    assert (found["approvals"][0], found["approved"]) == (2, 1)
    assert found["broken"] is None


def test_one_person_in_two_windows_approves_once(place: dict[str, str]) -> None:
    assert at_once(APPROVE, place, ("lin", "lin"), "A-1") == ["422", "done"]
    found = json.loads(told(start(LOOK, place)))
    assert found["approvals"][1] == 1
    assert found["openings"] == ROUNDS
