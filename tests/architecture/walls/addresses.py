"""Every address of the platform and what its arguments name.

``ADDRESSES`` classifies each page and each operation of the API by hand; a new address that
nobody classified fails the suite, because nobody has thought about who may use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from industry_brain.config.api import api

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
API_ROOT = "/api/v1"


@dataclass(frozen=True)
class Address:
    """What the arguments of an address name, what is sent to it, and who may change anything there.

    ``kinds`` are the kinds of the arguments in the path's order, then of those in the body or
    the query, written ``{0}``, ``{1}`` … in ``body``; a body that is no object stands under
    ``whole``.  ``by`` names people who may cause a change; the word ``owner`` stands for those
    whom the first thing counts as its own.
    """

    kinds: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    body: dict[str, Any] = field(default_factory=dict, hash=False)
    query: str = ""


def opens(*kinds: str) -> Address:
    """Classify an address that changes nothing."""
    return Address(kinds)


def changes(*kinds: str, by: str = "owner", query: str = "", **body: Any) -> Address:
    """Classify an address at which the people in ``by`` may change something."""
    return Address(kinds, tuple(by.split()), body, query)


OPERATORS = "lin zhou bob"
ENTERING = "chen he duo"
BIDDING = "sun qian"
EVERYBODY = "lin zhou bob chen he duo sun qian zheng wu gao xu nobody"
ACTING = EVERYBODY.removesuffix(" nobody")
REASON = {"reason": "a reason that is long enough"}
DAYS = {"call_off_from": "2099-02-01", "call_off_until": "2099-03-01"}
CALENDAR = {"demands_close_at": "2099-01-01T00:00+08:00", "bids_close_at": "2099-01-09T00:00+08:00"}
TYPED = {"demands_close_at": "2099-01-01T00:00", "bids_close_at": "2099-01-09T00:00"}
DEMAND = {"material": "GCr15-CO", "place": "collect-town", "window": "w1", "quantity": "9.5"}
OFFERS = {"offers": [{"item": "x", "price": "1"}]}

PAGES: dict[str, Address] = {
    "overview:home": opens(),
    "overview:search": opens(),
    "overview:record_list": opens(),
    "healthz": opens(),
    "favicon": opens(),
    "set_language": opens(),
    "styleguide": opens(),
    "accounts:sign_in": opens(),
    "accounts:sign_out": opens(),
    "accounts:account": changes(by=EVERYBODY, old="wrong", new="also wrong 12345", again="also wrong 12345"),
    "accounts:token_issue": changes(by=EVERYBODY, label="a token"),
    "accounts:token_revoke": changes("token"),
    "accounts:person_list": opens(),
    "accounts:person_admit": changes(by=ACTING, username="new", name="新", organisation="O-0000"),
    "firms:firm_list": opens(),
    "firms:firm_register": changes(by=OPERATORS, name="新厂", credit_code="913300000000000009"),
    "catalogue:material_list": opens(),
    "catalogue:material_add": changes(by=OPERATORS, written="GCr15 φ50 热轧", category="bearing-steel"),
    "rounds:round_list": opens(),
    "rounds:round_export": opens(),
    "rounds:round_create": changes(by=OPERATORS, title="新", category="bearing-steel", **TYPED, **DAYS),
    "rounds:round_detail": opens("round"),
    "rounds:round_files": opens("round"),
    "rounds:round_items_export": opens("round"),
    "rounds:round_edit": changes("round", title="改", category="bearing-steel", **TYPED, **DAYS),
    "rounds:round_publish": changes("round"),
    "rounds:round_calendar": changes("round", **TYPED, **REASON),
    "rounds:round_suppliers": changes("round", "supplier", supplier="{1}"),
    "rounds:round_uninvite": changes("round", "supplier", supplier="{1}"),
    "rounds:round_market_prices": changes("round"),
    "rounds:round_start_bidding": changes("round"),
    "rounds:round_close_bidding": changes("round"),
    "rounds:round_cancel": changes("round", **REASON),
    "demands:demand_list": opens(),
    "demands:sheet_detail": changes("sheet"),
    "demands:row_drop": changes("sheet", "row", row="{1}"),
    "demands:demand_edit": changes("demand", **DEMAND),
    "demands:demand_withdraw": changes("demand"),
    "demands:round_demands": opens("round"),
    "demands:demand_create": changes("round", "member", by=ENTERING, query="?member={1}", **DEMAND),
    "demands:demand_sheet": changes("round", "member", by=ENTERING, query="?member={1}", **{"0-0": "GCr15"}),
    "demands:demands_submit": changes("round", "member", by=ENTERING, query="?member={1}"),
    "demands:pool_preview": changes("round"),
    "demands:demand_template": opens("round"),
    "demands:demand_export": opens("round"),
    "demands:pool_export": opens("round"),
    "demands:totals_export": opens("round"),
    "bids:bid_list": opens(),
    "bids:bid_receipt": opens("receipt"),
    "bids:bid_envelope": opens("receipt"),
    "bids:bid_detail": opens("bid"),
    "bids:bid_edit": changes("round", "supplier", by=BIDDING, query="?supplier={1}"),
    "bids:bid_autosave": changes("round", "supplier", by=BIDDING, query="?supplier={1}"),
    "bids:bid_preview": changes("round", "supplier", by="", query="?supplier={1}"),
    "bids:bid_submit": changes("round", "supplier", by=BIDDING, query="?supplier={1}"),
    "bids:bid_withdraw": changes("round", "supplier", by=BIDDING, query="?supplier={1}"),
    "bids:bid_template": opens("round"),
    "bids:bid_upload": changes("round", "supplier", by=BIDDING, query="?supplier={1}"),
    "bids:bid_opening": opens("round"),
    "bids:bid_open": changes("round"),
    "bids:bid_matrix": opens("round"),
    "bids:bid_matrix_export": opens("round"),
    "awards:run_list": opens(),
    "awards:run_export": opens(),
    "awards:run_start": changes("round", round="{0}", limit_seconds="5", idempotency_key=""),
    "awards:run_detail": opens("run"),
    "awards:run_stop": changes("run"),
    "awards:run_share": changes("run"),
    "awards:award_matrix": opens("run"),
    "awards:run_shares": opens("run"),
    "awards:my_share": opens("run"),
    "awards:my_share/member": opens("run", "share"),
    "awards:my_result": opens("run"),
    "awards:my_result/supplier": opens("run", "result"),
    "awards:run_approve": changes("run", **REASON),
    "awards:run_set_aside": changes("run", **REASON),
    "awards:run_finalise": changes("run"),
    "awards:run_minutes": opens("run"),
    "awards:run_workbook": opens("run"),
    "awards:run_file": opens("run", "file"),
    "api-1:openapi-json": opens(),
    "api-1:openapi-view": opens(),
    "api-1:api-root": opens(),
}

ROUND = {"title": "新", "category": "bearing-steel", **CALENDAR, **DAYS}
OPERATIONS: dict[str, Address] = {
    "GET /rounds/": opens(),
    "POST /rounds/": changes(by=OPERATORS, **ROUND),
    "GET /rounds/{reference}": opens("round"),
    "PATCH /rounds/{reference}": changes("round", title="改"),
    "PUT /rounds/{reference}/windows": changes("round", whole=[]),
    "PUT /rounds/{reference}/indices": changes("round", whole=[]),
    "PUT /rounds/{reference}/share-rules": changes(
        "round", "supplier", whole=[{"supplier": "{1}", "max_ppm": 500_000}]
    ),
    "POST /rounds/{reference}/invitations": changes("round", "supplier", supplier="{1}"),
    "DELETE /rounds/{reference}/invitations/{supplier}": changes("round", "supplier"),
    "POST /rounds/{reference}/publish": changes("round"),
    "POST /rounds/{reference}/calendar": changes("round", **CALENDAR, **REASON),
    "PUT /rounds/{reference}/items/{item}/market-price": changes("round", "item", market_price="5800"),
    "POST /rounds/{reference}/start-bidding": changes("round"),
    "POST /rounds/{reference}/close-bidding": changes("round"),
    "POST /rounds/{reference}/cancel": changes("round", **REASON),
    "GET /demands/": opens(),
    "POST /demands/": changes("round", "member", by=ENTERING, round="{0}", member="{1}", **DEMAND),
    "POST /demands/submit": changes("round", "member", by=ENTERING, round="{0}", member="{1}"),
    "GET /demands/totals/{round_reference}": opens("round"),
    "GET /demands/pool/{round_reference}": opens("round"),
    "POST /demands/pool/{round_reference}": changes("round"),
    "POST /demands/sheets": changes(
        "round", "member", by=ENTERING, round="{0}", member="{1}", rows=[["规格", "吨数"], ["GCr15", "3"]]
    ),
    "POST /demands/sheets/file": changes("round", "member", by=ENTERING, round="{0}", member="{1}"),
    "GET /demands/sheets/{reference}": opens("sheet"),
    "PUT /demands/sheets/{reference}/rows/{number}": changes("sheet", "row", cells=["GCr15", "3"]),
    "DELETE /demands/sheets/{reference}/rows/{number}": changes("sheet", "row"),
    "GET /demands/{reference}": opens("demand"),
    "PATCH /demands/{reference}": changes("demand", quantity="8.5"),
    "POST /demands/{reference}/withdraw": changes("demand"),
    "GET /bids": opens(),
    "GET /bids/{reference}/draft": Address(("round", "supplier"), query="?supplier={1}"),
    "PUT /bids/{reference}/draft": changes("round", "supplier", by=BIDDING, query="?supplier={1}", **OFFERS),
    "POST /bids/{reference}/preview": changes("round", "supplier", by="", query="?supplier={1}", **OFFERS),
    "POST /bids/{reference}/submit": changes("round", "supplier", by=BIDDING, query="?supplier={1}"),
    "POST /bids/{reference}/withdraw": changes("round", "supplier", by=BIDDING, query="?supplier={1}"),
    "GET /bids/{reference}/receipts": Address(("round", "supplier"), query="?supplier={1}"),
    "GET /bids/receipts/{receipt}": opens("receipt"),
    "GET /bids/{reference}/count": opens("round"),
    "POST /bids/{reference}/open": changes("round"),
    "GET /bids/{reference}/opened": opens("round"),
    "GET /awards/": opens(),
    "POST /awards/": changes("round", round="{0}", limit_seconds=5),
    "GET /awards/{reference}": opens("run"),
    "POST /awards/{reference}/stop": changes("run"),
    "POST /awards/{reference}/share": changes("run"),
    "POST /awards/{reference}/approve": changes("run", **REASON),
    "POST /awards/{reference}/set-aside": changes("run", **REASON),
    "POST /awards/{reference}/finalise": changes("run"),
    "GET /awards/{reference}/files/{kind}": opens("run", "file"),
    "GET /awards/{reference}/shares": opens("run"),
    "GET /awards/{reference}/my-share": opens("run"),
    "GET /materials/": opens(),
    "POST /materials/": changes(by=OPERATORS, written="GCr15 φ50 热轧", category="bearing-steel"),
    "POST /materials/read": Address(body={"written": "GCr15 φ50 热轧"}),
    "GET /records/": opens(),
    "GET /records/check": opens(),
}


@dataclass(frozen=True)
class Route:
    """One page or operation as the resolver knows it."""

    name: str
    path: str

    @property
    def parameters(self) -> list[str]:
        """The names of the path's arguments."""
        return re.findall(r"[<{](?:\w+:)?(\w+)[>}]", self.path)

    def filled(self, arguments: tuple[str, ...]) -> str:
        """Write the path with arguments."""
        path = self.path
        for argument in arguments[: len(self.parameters)]:
            path = re.sub(r"[<{](?:\w+:)?\w+[>}]", argument.replace("\\", ""), path, count=1)
        return path


def pages() -> Iterator[Route]:
    """Walk the resolver; operations of the API are walked by their own document."""
    for name, path in _walk(get_resolver()):
        if not name.startswith("api-1:") or name in PAGES:
            parameters = Route(name, path).parameters
            shorter = [*parameters[:1]] if name.startswith("awards:my_") else parameters
            yield Route("/".join([name, *parameters[len(shorter) :]]), f"/{path}")


def operations() -> Iterator[Route]:
    """Walk the OpenAPI document, and make sure that it lists every operation."""
    schema = api.get_openapi_schema()
    for path, methods in schema["paths"].items():
        for method in methods:
            short = path.removeprefix(API_ROOT)
            yield Route(f"{method.upper()} {short}", path)


def undocumented() -> list[str]:
    """Name views of the API that its document does not list."""
    documented = {re.sub(r"\{\w+:", "{", path) for path in api.get_openapi_schema()["paths"]}
    served = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{path}")
        for name, path in _walk(get_resolver())
        if name.startswith("api-1:") and name not in PAGES
    }
    return sorted(served ^ documented)


def _walk(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            namespace = entry.namespace or space
            yield from _walk(entry, prefix + str(entry.pattern), namespace)
        elif isinstance(entry, URLPattern):
            yield f"{space}:{entry.name}" if space else str(entry.name), prefix + str(entry.pattern)
