"""Before the opening a bid does not exist for anybody but its supplier's people, through any door."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from typer.testing import CliRunner

import industry_brain
from industry_brain.accounts.models import User
from industry_brain.bids import operations, queries
from industry_brain.bids.cli import app
from industry_brain.bids.models import Revision
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import DomainError, NotFound
from industry_brain.records.models import Record
from industry_brain.rounds.models import Item, Round
from industry_brain.rounds.states import RoundState
from tests.platform.factories.bids import content
from tests.platform.factories.moments import AFTER_DEMANDS

OTHERS = ("operator", "second_operator", "rival", "uninvited", "member", "analyst", "auditor")
CANARIES = (
    "4321.09",
    "4,321.09",
    "43210900",
    "98765.43",
    "98,765.43",
    "canary-tier",
    "canary-pack",
    "777.77",
)


@pytest.fixture
def submitted(bidding: Round, supplier: User, supplier_firm: Firm, items: list[Item]) -> Revision:
    """A bid full of figures that stand nowhere else."""
    tiers = [{"from": "0", "off": "0"}, {"from": "77", "off": "777.77"}]
    says = content(
        *items,
        price="4321.09",
        discounts=[{"id": "canary-tier", "items": "all", "kind": "all-units", "tiers": tiers}],
        packages=[{"id": "canary-pack", "quantities": {items[0].code: "7"}, "price": "98765.43"}],
    )
    bid = operations.save_draft(bidding, supplier_firm, content=says, actor=supplier, at=AFTER_DEMANDS)
    return operations.submit_bid(bid, actor=supplier, at=AFTER_DEMANDS)


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry


SAME_FOR_ALL = ("docs", "openapi.json", "styleguide", "healthz", "favicon", "sign-out", "language")


def addresses(values: dict[str, list[str]]) -> list[str]:
    """Every address of the platform whose arguments can be filled in and that tells of its data."""
    found = []
    for route, _pattern in patterns(get_resolver()):
        names = re.findall(r"<(?:\w+:)?(\w+)>", route)
        if set(names) <= set(values) and not re.search(r"[\^$(\\]", route):
            for number in range(max((len(values[name]) for name in names), default=1)):
                filled = route
                for name in names:
                    choice = values[name][min(number, len(values[name]) - 1)]
                    filled = re.sub(rf"<(?:\w+:)?{name}>", choice, filled, count=1)
                found.append("/" + filled)
    return sorted({address for address in found if not any(word in address for word in SAME_FOR_ALL)})


def readable(answer: Any) -> str:
    """Everything that an answer says, workbooks unpacked."""
    if isinstance(answer, StreamingHttpResponse):
        body = b"".join(answer)
    else:
        assert isinstance(answer, HttpResponse)
        body = answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist())
    return body.decode(errors="replace") + str(dict(answer.headers))


def visited(user: User, revision: Revision, *, under: str = "/") -> dict[str, str]:
    """What every address (under a part of the platform) says to a person."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    bid = revision.bid
    values = {
        "reference": [bid.round.reference],
        "bid": [bid.reference],
        "receipt": [revision.receipt],
        "round": [bid.round.reference],
        "code": [item.code for item in bid.round.items.all()],
    }
    here = [address for address in addresses(values) if under in address]
    return {address: readable(client.get(address)) for address in here}


@pytest.mark.parametrize("who", [who for who in OTHERS if who != "second_operator"])
def test_no_address_of_the_platform_shows_a_sealed_bid_to_others(
    who: str, submitted: Revision, supplier_firm: Firm, request: pytest.FixtureRequest
) -> None:
    secrets = (*CANARIES, submitted.sha256, submitted.receipt.rpartition("-")[2])
    seen = visited(request.getfixturevalue(who), submitted)
    assert len([a for a in seen if "bids" in a]) > 20
    for address, body in seen.items():
        # an address that repeats its own argument tells nothing
        told = body.replace(submitted.receipt, "").replace(submitted.bid.reference, "")
        assert not [secret for secret in secrets if secret in told], address


def test_the_suppliers_own_people_do_see_it(submitted: Revision, supplier: User) -> None:
    seen = visited(supplier, submitted, under="/bids")
    assert sum("4,321.09" in body or "4321.09" in body for body in seen.values()) >= 6


@pytest.mark.parametrize("who", ["operator", "auditor"])
def test_those_entitled_see_it_after_the_opening_and_nobody_else(
    who: str,
    submitted: Revision,
    bidding: Round,
    operator: User,
    rival: User,
    member: User,
    request: pytest.FixtureRequest,
) -> None:
    operations.open_bids(bidding, actor=operator, at=bidding.bids_close_at)
    seen = visited(request.getfixturevalue(who), submitted, under="/bids/")
    assert "4,321.09" in seen[f"/bids/{bidding.reference}/matrix/"]
    for outsider in (rival, member):
        for address, body in visited(outsider, submitted, under="/bids/").items():
            assert not [secret for secret in CANARIES if secret in body], address


STEPS = ("", "draft/", "submit/", "withdraw/", "preview/", "upload/", "open/")


@pytest.mark.parametrize("who", [who for who in OTHERS if who != "rival"])
@pytest.mark.parametrize("step", STEPS)
def test_nobody_else_reaches_a_form_of_the_bid(
    who: str, step: str, submitted: Revision, request: pytest.FixtureRequest
) -> None:
    client = Client()
    client.force_login(request.getfixturevalue(who))
    firm = submitted.bid.supplier.reference
    answer = client.post(f"/bids/{submitted.bid.round.reference}/{step}?supplier={firm}", {})
    assert answer.status_code in (403, 404, 422)
    assert not [secret for secret in CANARIES if secret in answer.content.decode()]
    submitted.bid.refresh_from_db()
    assert submitted.bid.revision == submitted


@pytest.mark.parametrize("step", ["", "draft/", "submit/", "withdraw/"])
def test_an_invited_rival_that_names_the_supplier_finds_nothing(
    step: str, submitted: Revision, rival: User
) -> None:
    client = Client()
    client.force_login(rival)
    address = f"/bids/{submitted.bid.round.reference}/{step}?supplier={submitted.bid.supplier.reference}"
    assert client.post(address, {}).status_code == 404
    assert client.get(f"/bids/of/{submitted.bid.reference}/").status_code == 404
    assert client.get(f"/bids/receipts/{submitted.receipt}/").status_code == 404


@pytest.mark.parametrize("who", OTHERS)
def test_pages_about_the_round_are_the_same_with_and_without_a_bid(
    who: str,
    bidding: Round,
    request: pytest.FixtureRequest,
) -> None:
    client = Client()
    client.force_login(request.getfixturevalue(who))
    paths = (
        f"/rounds/{bidding.reference}/",
        f"/bids/{bidding.reference}/opening/",
        f"/bids/{bidding.reference}/matrix/",
        f"/api/v1/bids/{bidding.reference}/count",
        f"/api/v1/bids/{bidding.reference}/opened",
        "/bids/",
    )

    def told() -> list[tuple[int, str]]:
        answers = [client.get(path) for path in paths]
        fickle = r'(csrfmiddlewaretoken" value|csrf-token" content)="[^"]*"|nonce="[^"]*"'
        return [(a.status_code, re.sub(fickle, "", a.content.decode())) for a in answers]

    before = told()
    request.getfixturevalue("submitted")
    assert told() == before


def test_the_record_names_nobody_and_no_figure_before_the_opening(
    submitted: Revision, supplier: User, supplier_firm: Firm
) -> None:
    told = json.dumps(list(Record.objects.values()), cls=DjangoJSONEncoder)
    for secret in (*CANARIES, submitted.sha256, supplier.username, submitted.receipt):
        assert f'"{secret}"' not in told
        if secret in CANARIES:
            assert secret not in told
    entries = [e for e in Record.objects.all() if e.action.startswith("bids.")]
    assert not [e for e in entries if supplier_firm.reference in json.dumps(e.facts)]


@pytest.mark.parametrize("who", OTHERS)
def test_queries_and_commands_give_nothing_before_the_opening(
    who: str, submitted: Revision, bidding: Round, request: pytest.FixtureRequest
) -> None:
    actor: User = request.getfixturevalue(who)
    assert queries.opened_bids(bidding, seen_by=actor) == ()
    assert queries.count_of_bids(bidding, seen_by=actor) is None
    assert not queries.bids_seen_by(actor).exists()
    assert not queries.revisions_of(submitted.bid, seen_by=actor).exists()
    assert queries.own_bid(bidding, submitted.bid.supplier, seen_by=actor) is None
    with pytest.raises(NotFound):
        queries.content_of(submitted, seen_by=actor)
    for command in ("show", "receipts"):
        told = CliRunner().invoke(app, [command, "--round", bidding.reference, "--as", actor.username])
        assert not [secret for secret in (*CANARIES, submitted.receipt) if secret in told.output]
        assert told.exception is None or isinstance(told.exception, DomainError)


def test_closing_alone_gives_the_operator_a_number_and_nothing_else(
    submitted: Revision, bidding: Round, operator: User, auditor: User, rival: User, member: User
) -> None:
    Round.objects.filter(pk=bidding.pk).update(state=RoundState.CLOSED, closed_at=timezone.now())
    bidding.refresh_from_db()
    for actor, count in ((operator, 1), (auditor, 1), (rival, None), (member, None)):
        assert queries.count_of_bids(bidding, seen_by=actor) == count
        assert queries.opened_bids(bidding, seen_by=actor) == ()
        for address, body in visited(actor, submitted, under="/bids/").items():
            assert not [secret for secret in CANARIES if secret in body], address


def test_counting_bids_reads_no_content(submitted: Revision, bidding: Round, operator: User) -> None:
    Round.objects.filter(pk=bidding.pk).update(state=RoundState.CLOSED, closed_at=timezone.now())
    bidding.refresh_from_db()
    with CaptureQueriesContext(connection) as asked:
        queries.count_of_bids(bidding, seen_by=operator)
    assert not [q for q in asked.captured_queries if "sealed" in q["sql"] or 'draft"' in q["sql"]]


def test_only_the_bids_context_reads_envelopes() -> None:
    for path in Path(industry_brain.__path__[0]).rglob("*.py"):
        if "/bids/" not in path.as_posix():
            text = path.read_text("utf-8").replace('"bids.sealed_entry"', "")  # the name of an operation
            assert ".sealed" not in text, path
            assert "bids.sealing" not in text, path
            assert "unsealed" not in text, path


def test_bids_are_there_to_be_found() -> None:
    """The addresses above are those of the platform, not of an empty one."""
    found = addresses({"reference": ["R-2026-0007"], "receipt": ["x"]})
    assert "/bids/R-2026-0007/matrix.xlsx" in found
    assert "/api/v1/bids/R-2026-0007/opened" in found
