import pytest
from django.test import Client
from typer.testing import CliRunner

from industry_brain.accounts.models import User
from industry_brain.config.commands import app
from industry_brain.firms.models import Firm
from industry_brain.records.models import Head
from industry_brain.records.operations import record
from tests.platform.factories.moments import NOW

pytestmark = pytest.mark.django_db


def test_api_gives_records_in_order_and_pages(client: Client, auditor: User, member_firm: Firm) -> None:
    for number in range(3):
        record("firms.test", member_firm, actor=auditor, at=NOW, n=number)
    client.force_login(auditor)

    rows = client.get("/api/v1/records/", {"after": 1, "limit": 1}).json()

    assert [(row["number"], row["facts"]) for row in rows] == [(2, {"n": 1})]


def test_command_checks_the_chain_and_fails_where_it_breaks(auditor: User, member_firm: Firm) -> None:
    record("firms.test", member_firm, actor=auditor, at=NOW)
    assert CliRunner().invoke(app, ["records", "check"]).exit_code == 0

    Head.objects.update(sha256="f" * 64)

    assert CliRunner().invoke(app, ["records", "check"]).exit_code == 1
