"""What is on the pages, for whom, and at what price in queries."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from industry_brain.accounts.models import User
from industry_brain.awards.models import AwardRun
from industry_brain.awards.operations import approve_award, start_award
from industry_brain.awards.states import BoundSource, RunState
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState
from tests.platform.factories.awards import AwardRunFactory, ShareFactory
from tests.platform.factories.moments import AFTER_BIDS

pytestmark = pytest.mark.django_db


def page(client: Client, user: User, name: str, *args: str, **asked: Any) -> Any:
    client.force_login(user)
    return client.get(reverse(f"awards:{name}", args=args), asked, headers={"accept-language": "en"})


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_list_offers_the_operator_what_waits_to_be_awarded(
    client: Client, operator: User, round_: Round
) -> None:
    response = page(client, operator, "run_list")

    assert "Work out the award" in text(response)
    assert round_.reference in text(response)


def test_the_list_offers_nothing_to_start_to_others(client: Client, member: User, round_: Round) -> None:
    assert "Work out the award" not in text(page(client, member, "run_list"))


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_list_costs_the_same_queries_for_one_row_and_for_many(
    client: Client, operator: User, platform: Any
) -> None:
    client.force_login(operator)
    address = reverse("awards:run_list")
    AwardRunFactory(proved=True, round__operator=platform)
    for_one = queries_of(client, address)
    AwardRunFactory.create_batch(4, proved=True, round__operator=platform)

    assert queries_of(client, address) == for_one


def test_an_award_costs_the_same_queries_for_few_shares_and_for_many(
    client: Client, operator: User, platform: Any
) -> None:
    client.force_login(operator)
    run = AwardRunFactory(proved=True, round__operator=platform)
    addresses = [reverse(f"awards:{name}", args=[run.reference]) for name in ("run_detail", "run_shares")]
    ShareFactory(run=run)
    for_one = [queries_of(client, address) for address in addresses]
    ShareFactory.create_batch(4, run=run)

    assert [queries_of(client, address) for address in addresses] == for_one


def test_a_running_award_shows_how_far_it_is_and_can_be_stopped(
    client: Client, operator: User, platform: Any
) -> None:
    run = AwardRunFactory(solving=True, round__operator=platform, best_cost=123_456, bound=100_000)

    shown = text(page(client, operator, "run_detail", run.reference))

    assert "¥1,234.56" in shown
    assert "not checked yet" in shown
    assert "Stop, keep the best" in shown
    assert 'hx-trigger="every 1s"' in shown


def test_the_progress_fragment_tells_the_page_to_reload_when_the_run_has_ended(
    client: Client, operator: User, run: AwardRun
) -> None:
    client.force_login(operator)
    address = reverse("awards:run_detail", args=[run.reference])

    response = client.get(address, headers={"hx-request": "true"})

    assert response["HX-Refresh"] == "true"


def test_a_proved_award_shows_cost_proof_fairness_comparisons_and_files(
    client: Client, operator: User, run: AwardRun
) -> None:
    shown = text(page(client, operator, "run_detail", run.reference))

    assert "¥1,102,000.00" in shown
    assert "proved, and checked by a second program" in shown
    assert "no group of members would do better apart" in shown
    assert "38,000.00" in shown  # more than the award, for every member alone
    assert all(f"files/{kind}.json" in shown for kind in ("round", "award", "proof", "shares"))


def test_an_impossible_round_names_the_conflict(client: Client, operator: User, platform: Any) -> None:
    term = {
        "kind": "conflict",
        "place": "bids[0].capacities[0].max",
        "code": "capacity",
        "message": "s01 can deliver at most 70 of everything.",
        "facts": {"supplier": "s01", "limit": "70", "items": "everything"},
    }
    run = AwardRunFactory(round__operator=platform, state=RunState.INFEASIBLE, conflicts=[term])

    assert "s01 can deliver at most 70 t of everything." in text(
        page(client, operator, "run_detail", run.reference)
    )


def test_a_bound_that_only_the_solver_states_is_never_shown_as_proved(
    client: Client, operator: User, platform: Any
) -> None:
    run = AwardRunFactory(
        proved=True,
        state=RunState.WITHIN_GAP,
        round__operator=platform,
        bound=99_000,
        gap_ppb=10_000_000,
        bound_source=BoundSource.SOLVER,
    )
    shown = [text(page(client, operator, name, run.reference)) for name in ("run_detail", "run_approve")]
    AwardRun.objects.filter(pk=run.pk).update(bound_source=BoundSource.CERTIFICATE)
    proved = text(page(client, operator, "run_detail", run.reference))

    assert all("stated by the solver, not proved" in each for each in shown)
    assert "not proved" not in proved.replace("and are not proved", "")


@pytest.mark.parametrize(
    ("source", "said"),
    [(BoundSource.SOLVER, "stated by the solver, not proved"), (BoundSource.CERTIFICATE, "is proved;")],
)
def test_that_no_award_is_possible_says_whether_it_is_proved(
    client: Client, operator: User, platform: Any, source: str, said: str
) -> None:
    run = AwardRunFactory(round__operator=platform, state=RunState.INFEASIBLE, bound_source=source)

    assert f"That no award is possible {said}" in text(
        page(client, operator, "run_detail", run.reference)
    ).replace("possible is stated", "possible stated")


def test_a_small_regret_is_said_to_the_cent_and_not_as_none(
    client: Client, operator: User, platform: Any
) -> None:
    run = AwardRunFactory(
        proved=True, round__operator=platform, is_stable=True, worst_regret=35_569, landed_cost=1_185_633_333
    )

    shown = text(page(client, operator, "run_detail", run.reference))

    assert "would do better apart by more than ¥355.69 (0.003% of the bill)" in shown


def test_an_award_without_shares_says_why_and_can_be_shared_again(
    client: Client, operator: User, unshared: AwardRun
) -> None:
    before = text(page(client, operator, "run_detail", unshared.reference))
    client.post(reverse("awards:run_share", args=[unshared.reference]))
    after = text(page(client, operator, "run_detail", unshared.reference))

    assert "could not confirm them in time (the worst regret)" in before
    assert "Share the bill again" in before
    assert reverse("awards:run_approve", args=[unshared.reference]) not in before
    assert "A worker is sharing the bill again" in after
    assert "could not confirm" in text(page(client, operator, "run_shares", unshared.reference))


def test_the_matrix_marks_winners(client: Client, operator: User, run: AwardRun) -> None:
    shown = text(page(client, operator, "award_matrix", run.reference))

    assert shown.count("best") >= 2
    assert "wins 120 t" in shown
    assert "offered at 5,800.00" in shown
    assert "5,700.00" in shown


def test_the_shares_page_lists_everybody(client: Client, auditor: User, run: AwardRun) -> None:
    shown = text(page(client, auditor, "run_shares", run.reference))

    assert shown.count("551,000.00") >= 2
    assert "Each member alone, same bids" in shown


def test_a_member_reads_its_own_share_once_approved(client: Client, member: User, approved: AwardRun) -> None:
    shown = text(page(client, member, "my_share", approved.reference))

    assert "¥551,000.00" in shown
    assert "¥19,000.00" in shown
    assert "All 3 groups that the members could form were checked" in shown
    assert "5,510.00" in shown


def test_a_member_does_not_know_an_award_before_it_is_approved(
    client: Client, member: User, run: AwardRun
) -> None:
    for name in ("run_detail", "my_share", "award_matrix", "run_shares", "run_workbook", "run_minutes"):
        assert page(client, member, name, run.reference).status_code == 404
    assert run.reference not in text(page(client, member, "run_list"))


def test_a_member_never_reads_another_members_share(
    client: Client, member: User, second_member_firm: Firm, approved: AwardRun
) -> None:
    response = page(client, member, "my_share", approved.reference, second_member_firm.reference)

    assert response.status_code == 404
    assert "天马" not in text(page(client, member, "my_share", approved.reference))


def test_a_member_reads_totals_but_neither_matrix_nor_files(
    client: Client, member: User, approved: AwardRun
) -> None:
    shown = text(page(client, member, "run_detail", approved.reference))

    assert "¥1,102,000.00" in shown
    assert "西特钢" not in shown
    for name in ("award_matrix", "run_shares", "run_workbook", "run_minutes"):
        assert page(client, member, name, approved.reference).status_code == 404
    for kind in ("round", "award", "proof", "shares"):
        assert page(client, member, "run_file", approved.reference, kind).status_code == 404


def test_a_losing_supplier_reads_exact_facts_about_its_own_bid(
    client: Client, rival: User, approved: AwardRun
) -> None:
    shown = text(page(client, rival, "my_result", approved.reference))

    assert "This bid wins nothing." in shown
    assert "Even at the deepest discount more than 2 % above the dearest steel bought here." in shown
    assert "5,800" not in shown
    assert "190.00" not in shown


def test_a_winning_supplier_reads_what_it_won_and_only_overseers_what_its_bid_was_worth(
    client: Client, supplier: User, supplier_firm: Firm, auditor: User, approved: AwardRun
) -> None:
    shown = text(page(client, supplier, "my_result", approved.reference))

    assert "200 t" in shown
    assert "¥1,102,000.00" in shown
    assert "Without this bid" not in shown
    assert "38,000" not in shown
    seen_by_auditor = text(page(client, auditor, "my_result", approved.reference, supplier_firm.reference))
    assert "Without this bid the award would cost about ¥38,000.00 more." in seen_by_auditor
    assert "5,700" not in shown


def test_a_supplier_sees_neither_totals_nor_other_bids(
    client: Client, rival: User, supplier_firm: Firm, approved: AwardRun
) -> None:
    shown = text(page(client, rival, "run_detail", approved.reference))

    assert "1,102,000" not in shown
    assert page(client, rival, "my_result", approved.reference, supplier_firm.reference).status_code == 404
    assert page(client, rival, "my_share", approved.reference).status_code == 404


def test_an_analyst_reads_totals_of_approved_awards(
    client: Client, analyst: User, approved: AwardRun
) -> None:
    assert "¥1,102,000.00" in text(page(client, analyst, "run_detail", approved.reference))
    assert page(client, analyst, "run_shares", approved.reference).status_code == 404


def test_another_operator_knows_nothing(client: Client, run: AwardRun) -> None:
    from_elsewhere = AwardRunFactory().requested_by

    assert page(client, from_elsewhere, "run_detail", run.reference).status_code == 404


def test_starting_twice_with_the_same_key_starts_once(client: Client, operator: User, round_: Round) -> None:
    client.force_login(operator)
    sent = {"round": round_.reference, "limit_seconds": "60", "idempotency_key": "k-1"}

    answers = [client.post(reverse("awards:run_start"), sent) for _twice in range(2)]

    assert {a["Location"] for a in answers} == {f"/awards/{AwardRun.objects.get().reference}/"}


def test_starting_with_a_senseless_limit_says_so(client: Client, operator: User, round_: Round) -> None:
    client.force_login(operator)
    sent = {"round": round_.reference, "limit_seconds": "0", "idempotency_key": "k-2"}

    client.post(reverse("awards:run_start"), sent)

    round_.refresh_from_db()
    assert round_.state == RoundState.OPENED


def test_approval_asks_for_a_typed_reason(client: Client, operator: User, run: AwardRun) -> None:
    client.force_login(operator)
    address = reverse("awards:run_approve", args=[run.reference])

    empty = client.post(address, {"reason": ""})
    given = client.post(address, {"reason": "cheapest and fair"})

    assert (empty.status_code, given.status_code) == (422, 302)
    assert run.approvals.count() == 1


def test_whoever_has_approved_is_told_to_wait_for_the_second(
    client: Client, operator: User, run: AwardRun
) -> None:
    approve_award(run, reason="cheapest and fair", actor=operator, at=AFTER_BIDS)

    shown = text(page(client, operator, "run_detail", run.reference))

    assert "A second person has to approve" in shown


def test_an_award_is_finalised_by_a_button_after_the_standstill(
    client: Client, operator: User, approved: AwardRun
) -> None:
    shown = text(page(client, operator, "run_detail", approved.reference))
    client.post(reverse("awards:run_finalise", args=[approved.reference]))

    approved.round.refresh_from_db()
    assert "Make final" in shown
    assert approved.round.state == RoundState.FINAL


def test_stopping_by_the_button_ends_a_waiting_run(client: Client, operator: User, round_: Round) -> None:
    run = start_award(round_, actor=operator, at=AFTER_BIDS)
    client.force_login(operator)

    client.post(reverse("awards:run_stop", args=[run.reference]))

    run.refresh_from_db()
    assert run.state == RunState.STOPPED


def test_setting_aside_goes_back_to_the_list(client: Client, operator: User, run: AwardRun) -> None:
    client.force_login(operator)

    answer = client.post(reverse("awards:run_set_aside", args=[run.reference]), {"reason": "misread bid"})

    assert answer["Location"] == reverse("awards:run_list")
    assert "misread bid" in text(page(client, operator, "run_detail", run.reference))


def test_pages_speak_chinese(client: Client, operator: User, run: AwardRun) -> None:
    client.force_login(operator)
    for name in ("run_detail", "award_matrix", "run_shares", "run_approve", "run_set_aside"):
        response = client.get(
            reverse(f"awards:{name}", args=[run.reference]), headers={"accept-language": "zh-hans"}
        )
        assert response.status_code == 200
    assert "定标" in client.get(reverse("awards:run_list")).content.decode()


def test_a_member_who_cannot_buy_alone_is_told_so(client: Client, operator: User, platform: Any) -> None:
    run = AwardRunFactory(proved=True, round__operator=platform)
    share = ShareFactory(run=run, stand_alone=None)

    shown = text(page(client, operator, "my_share", run.reference, share.member.reference))

    assert "not possible" in shown
