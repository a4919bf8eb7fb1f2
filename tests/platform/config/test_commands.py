import sys

import pytest
from typer.testing import CliRunner

from industry_brain.config import commands
from industry_brain.config.commands import app, run
from industry_brain.demo.cast import LOGINS
from tests.platform.factories.accounts import UserFactory


def test_every_context_has_its_commands() -> None:
    shown = CliRunner().invoke(app, ["--help"]).output

    for word in (
        "award",
        "share",
        "check",
        "demo",
        "serve",
        "rounds",
        "demands",
        "bids",
        "awards",
        "records",
    ):
        assert f" {word} " in shown


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "There is no round R-2026-9999."), ("zh_CN", "R-2026-9999")]
)
def test_a_refusal_is_one_line_and_status_1(
    language: str, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    UserFactory(username="lin")
    monkeypatch.setenv("BRAIN_LANGUAGE", language)
    monkeypatch.setattr(sys, "argv", ["brain", "rounds", "publish", "R-2026-9999", "--as", "lin"])

    status = run()

    said = capsys.readouterr().err.strip()
    assert (status, sentence in said, said.count("\n")) == (1, True, 0)


def test_the_demo_prints_a_login_for_every_role() -> None:
    lines = commands._demo_notes()

    assert len(lines) == 1 + len(LOGINS)
    assert all(login.username in "".join(lines) for login in LOGINS)
