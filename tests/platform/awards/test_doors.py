"""The same operations through the API and the command line; files that the commands reproduce."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from typer.testing import CliRunner, Result

from industry_brain.accounts.models import Organisation, User
from industry_brain.awards.cli import app, files
from industry_brain.awards.models import AwardRun
from industry_brain.awards.states import RunState
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import DomainError
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState
from tests.platform.factories.awards import AwardRunFactory
from tests.platform.factories.moments import AFTER_BIDS

API = "/api/v1/awards/"


def call(client: Client, user: User, method: str, path: str, body: Any = None, **headers: str) -> Any:
    client.force_login(user)
    with translation.override("en"):
        return client.generic(
            method,
            API + path,
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"accept-language": "en"} | headers,
        )


def brain(commands: Any, *arguments: object) -> Result:
    with translation.override("en"):
        return CliRunner().invoke(commands, [str(part) for part in arguments])


# The API


@pytest.mark.django_db
def test_api_starts_an_award_once_for_one_key(client: Client, operator: User, round_: Round) -> None:
    body = {"round": round_.reference, "limit_seconds": 60}

    first = call(client, operator, "POST", "", body, **{"idempotency-key": "k"})
    again = call(client, operator, "POST", "", body, **{"idempotency-key": "k"})

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["reference"] == again.json()["reference"]
    assert AwardRun.objects.count() == 1


@pytest.mark.django_db
def test_api_lists_impossible_awards_with_the_same_queries_for_one_and_for_many(
    client: Client, operator: User, platform: Organisation
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert call(client, operator, "GET", "").status_code == 200
        return len(found)

    terms = [
        {
            "kind": kind,
            "place": "",
            "code": "max_suppliers",
            "message": "",
            "facts": {"limit": "1", "needed": "2"},
        }
        for kind in ("conflict", "relaxation")
    ]
    facts = {"round__operator": platform, "state": RunState.INFEASIBLE, "conflicts": terms}
    AwardRunFactory(**facts)
    queries()  # the first call signs in
    for_one = queries()
    AwardRunFactory.create_batch(4, **facts)

    assert queries() == for_one
    assert call(client, operator, "GET", "").json()[0]["conflicts"] == ["At most 1 suppliers may win."]


@pytest.mark.django_db
def test_api_and_command_say_who_vouches_and_share_again(
    client: Client, operator: User, unshared: AwardRun
) -> None:
    found = call(client, operator, "GET", unshared.reference).json()
    shared = call(client, operator, "POST", f"{unshared.reference}/share")
    again = call(client, operator, "POST", f"{unshared.reference}/share")
    told = brain(app, "show", unshared.reference, "--as", operator.username)

    assert found["bound_source"] == "certificate"
    assert "could not confirm" in found["unshared"]
    assert (shared.status_code, again.status_code) == (200, 409)
    assert "could not confirm" in told.output


@pytest.mark.django_db
def test_api_gives_an_award_with_amounts_as_text(client: Client, operator: User, run: AwardRun) -> None:
    found = call(client, operator, "GET", run.reference).json()

    assert (found["state"], found["landed_cost"], found["lower_bound"], found["gap"], found["stable"]) == (
        "proved",
        "1102000.00",
        "1102000.00",
        "0.000000000",
        True,
    )


@pytest.mark.django_db
def test_api_shows_others_nothing_before_approval(
    client: Client, member: User, supplier: User, analyst: User, run: AwardRun
) -> None:
    for outsider in (member, supplier, analyst):
        assert call(client, outsider, "GET", "").json() == []
        for path in ("", "/shares", "/my-share", "/files/round", "/files/award"):
            assert call(client, outsider, "GET", run.reference + path).status_code == 404
        for path in ("/stop", "/finalise"):
            assert call(client, outsider, "POST", run.reference + path).status_code == 404


@pytest.mark.django_db
def test_api_gives_a_member_its_own_share_only(
    client: Client, member: User, member_firm: Firm, approved: AwardRun
) -> None:
    mine = call(client, member, "GET", f"{approved.reference}/my-share").json()
    listed = call(client, member, "GET", f"{approved.reference}/shares").json()
    run = call(client, member, "GET", approved.reference).json()

    assert (mine["member"], mine["payment"], mine["saving"]) == (
        member_firm.reference,
        "551000.00",
        "19000.00",
    )
    assert listed == [mine]
    assert (run["landed_cost"], run["evaluated_cost"], run["lower_bound"]) == ("1102000.00", None, None)


@pytest.mark.django_db
def test_api_leads_an_award_to_its_end(
    client: Client, operator: User, second_operator: User, run: AwardRun
) -> None:
    path, reason = run.reference, {"reason": "cheapest and fair"}

    one = call(client, operator, "POST", f"{path}/approve", reason)
    same = call(client, operator, "POST", f"{path}/approve", reason)
    two = call(client, second_operator, "POST", f"{path}/approve", reason)
    early = call(client, operator, "POST", f"{path}/finalise")
    Round.objects.update(standstill_until=AFTER_BIDS)
    final = call(client, operator, "POST", f"{path}/finalise")

    assert [answer.status_code for answer in (one, same, two, early, final)] == [200, 422, 200, 422, 200]
    assert [answer.json()["code"] for answer in (same, early)] == ["approved_already", "standstill"]
    run.round.refresh_from_db()
    assert run.round.state == RoundState.FINAL


@pytest.mark.django_db
def test_api_sets_aside_and_stops(client: Client, operator: User, run: AwardRun, platform: Any) -> None:
    waiting = AwardRunFactory(round__operator=platform, heartbeat_at=AFTER_BIDS)

    aside = call(client, operator, "POST", f"{run.reference}/set-aside", {"reason": "misread bid"})
    stopped = call(client, operator, "POST", f"{waiting.reference}/stop")

    assert aside.json()["set_aside_at"] is not None
    assert stopped.json()["state"] == "stopped"


@pytest.mark.django_db
def test_api_gives_files_byte_for_byte(client: Client, auditor: User, run: AwardRun) -> None:
    for kind in ("round", "award", "proof", "shares"):
        answer = call(client, auditor, "GET", f"{run.reference}/files/{kind}")
        assert answer.content.decode() == getattr(run, f"{kind}_file")
    assert call(client, auditor, "GET", f"{run.reference}/files/secret").status_code == 404


# The commands of the platform


@pytest.mark.django_db
def test_commands_lead_an_award_to_its_end(run: AwardRun, operator: User, second_operator: User) -> None:
    reason = ("--reason", "cheapest and fair")

    shown = brain(app, "show", run.reference, "--as", operator.username)
    listed = brain(app, "list", "--as", operator.username)
    brain(app, "approve", run.reference, "--as", operator.username, *reason)
    brain(app, "approve", run.reference, "--as", second_operator.username, *reason)
    shares = brain(app, "shares", run.reference, "--as", operator.username)
    Round.objects.update(standstill_until=AFTER_BIDS)
    final = brain(app, "finalise", run.reference, "--as", operator.username)

    assert "Landed cost ¥1,102,000.00; nothing costs less than ¥1,102,000.00 (gap 0%)." in shown.output
    assert run.reference in listed.output
    assert shares.output.count("¥551,000.00") == 2
    assert final.output == f"{run.reference} is final.\n"


@pytest.mark.django_db
def test_commands_start_and_stop(round_: Round, operator: User) -> None:
    started = brain(app, "start", round_.reference, "--as", operator.username, "--seconds", 60)
    reference = started.output.strip()
    stopped = brain(app, "stop", reference, "--as", operator.username)

    assert stopped.output == "stopped before any award\n"
    assert AwardRun.objects.get(reference=reference).state == RunState.STOPPED


@pytest.mark.django_db
def test_show_ends_with_one_where_there_is_no_award(operator: User, platform: Any) -> None:
    run = AwardRunFactory(
        round__operator=platform, state=RunState.FAILED, finished_at=AFTER_BIDS, failure="Broken."
    )

    assert brain(app, "show", run.reference, "--as", operator.username, "--json").exit_code == 1


@pytest.mark.django_db
def test_commands_refuse_in_words(run: AwardRun, member: User) -> None:
    refused = brain(app, "show", run.reference, "--as", member.username)

    assert isinstance(refused.exception, DomainError)
    assert str(refused.exception) == f"There is no award {run.reference}."


@pytest.mark.django_db
def test_commands_set_aside_give_files_and_recover(run: AwardRun, operator: User, tmp_path: Path) -> None:
    AwardRunFactory(solving=True)
    output = tmp_path / "round.json"

    brain(app, "file", run.reference, "round", "--as", operator.username, "--output", output)
    printed = brain(app, "file", run.reference, "award", "--as", operator.username)
    aside = brain(app, "set-aside", run.reference, "--as", operator.username, "--reason", "misread bid")
    recovered = brain(app, "recover")

    assert output.read_text() == run.round_file
    assert printed.output == run.award_file
    assert aside.output == "set aside\n"
    assert recovered.output.startswith("A-2025-")


# The commands on files


@pytest.fixture
def folder(run: AwardRun, tmp_path: Path) -> Path:
    """The four files of the award, as somebody would download them."""
    for kind in ("round", "award", "proof", "shares"):
        (tmp_path / f"{kind}.json").write_text(getattr(run, f"{kind}_file"))
    return tmp_path


@pytest.mark.django_db
def test_files_reproduce_the_platforms_figures(run: AwardRun, folder: Path) -> None:
    award, shares, proof = folder / "a.json", folder / "s.json", folder / "p.json"

    awarded = brain(files, "award", folder / "round.json", "--output", award, "--proof", proof, "--json")
    shared = brain(files, "share", folder / "round.json", award, "--output", shares)
    checked = brain(files, "check", folder / "round.json", award, shares, "--proof", proof)

    assert [awarded.exit_code, shared.exit_code, checked.exit_code] == [0, 0, 0]
    assert award.read_text() == run.award_file
    assert shares.read_text() == run.shares_file
    assert json.loads(awarded.output)["landed_cost"] == "1102000.00"
    assert "The proof holds: no award costs less than 1,102,000.00." in checked.output


@pytest.mark.django_db
def test_check_accepts_what_the_platform_published(folder: Path) -> None:
    names = [folder / f"{kind}.json" for kind in ("round", "award", "shares")]

    checked = brain(files, "check", *names, "--proof", folder / "proof.json", "--json")

    assert json.loads(checked.output)["sound"] is True


@pytest.mark.django_db
def test_check_refuses_a_cent_too_much(folder: Path) -> None:
    award = folder / "award.json"
    award.write_text(award.read_text().replace('"landed_cost": "1102000.00"', '"landed_cost": "1102000.01"'))

    checked = brain(files, "check", folder / "round.json", award)

    assert checked.exit_code == 1
    assert "This does not hold." in checked.output


@pytest.mark.django_db
def test_bad_files_are_refused_with_the_place_of_every_fault(folder: Path) -> None:
    data = json.loads((folder / "round.json").read_text())
    data["bids"][0]["discounts"][0]["tiers"][1]["from"] = "-5"
    data["demands"][2]["quantity"] = "NaN"
    (folder / "round.json").write_text(json.dumps(data))

    refused = brain(files, "award", folder / "round.json")

    assert refused.exit_code == 2
    assert "bids[0].discounts[0].tiers[1].from: " in refused.output
    assert "demands[2].quantity: A quantity such as" in refused.output


def test_a_missing_file_and_one_that_is_no_json_are_bad_input(tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.json"
    nonsense.write_bytes(b"\xff\xfe\x00")

    assert brain(files, "award", tmp_path / "nowhere.json").exit_code == 2
    assert brain(files, "award", nonsense).exit_code == 2
    assert brain(files, "check", nonsense, nonsense).exit_code == 2


@pytest.mark.django_db
def test_an_impossible_round_ends_with_one_and_names_the_conflict(folder: Path) -> None:
    data = json.loads((folder / "round.json").read_text())
    data["rules"]["max_suppliers"] = 0
    (folder / "round.json").write_text(json.dumps(data))

    refused = brain(files, "award", folder / "round.json")

    assert refused.exit_code == 1
    assert "At most 0 suppliers may win." in refused.output


@pytest.mark.django_db
def test_messages_about_files_are_chinese_for_chinese_readers(folder: Path) -> None:
    (folder / "round.json").write_text('{"format": 5}')
    with translation.override("zh-hans"):
        refused = CliRunner().invoke(files, ["award", str(folder / "round.json")])

    assert "缺少键" in refused.output
