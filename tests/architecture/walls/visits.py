"""Visiting addresses as somebody, and noticing what was told and what was changed."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import quote

import pypdf
from django.apps import apps
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from tests.architecture.walls.addresses import Address, Route
from tests.architecture.walls.world import ANONYMOUS, Thing, World

ABSENT = {"row": "987654", "token": "987654", "item": "no-such-item", "file": "nothing"}
NO_TENANTS = {"sessions.session", "axes.accesslog", "axes.accessattempt", "axes.accessfailurelog"}
WRITES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b.*?\b(INTO|UPDATE|FROM)?\s*[\"`]?(\w+)", re.IGNORECASE
)
FICKLE = re.compile(
    r'(csrfmiddlewaretoken" value|csrf-token" content|nonce|idempotency_key" value)="[^"]*"|"X-CSRFToken[^}]*'
)


@dataclass(frozen=True)
class Cell:
    """One visit: who came to which address, naming what."""

    who: str
    method: str
    route: Route
    address: Address
    things: tuple[Thing, ...]

    @property
    def may_know(self) -> bool:
        """Whether everything that is named exists for the visitor."""
        return all(self.who in thing.seen_by for thing in self.things)

    @property
    def may_change(self) -> bool:
        """Whether the visitor may change anything here."""
        if self.who in self.address.by:
            return True
        return "owner" in self.address.by and bool(self.things) and self.who in self.things[0].changed_by

    def __str__(self) -> str:
        named = ", ".join(thing.reference for thing in self.things)
        return f"{self.who}: {self.method} {self.route.path} ({named})"


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    changed: bool = False
    errors: list[str] = field(default_factory=list)


def cells(who: str, method: str, route: Route, address: Address, world: World) -> Iterator[Cell]:
    """Things for the arguments of an address: every first one, and each of the others with three of those."""
    choices = [world.things[kind] for kind in address.kinds]
    for number, things in enumerate(product(*choices)):
        others = len(choices) > 1 and things[1] is not choices[1][0]
        if others and number // len(choices[1]) % 3:
            continue
        yield Cell(who, method, route, address, things)


def absent(cell: Cell) -> Cell:
    """The same visit, with everything that the visitor may not know replaced by what does not exist."""
    things = tuple(
        thing if cell.who in thing.seen_by else Thing(_absent(kind, thing), thing.seen_by)
        for kind, thing in zip(cell.address.kinds, cell.things, strict=True)
    )
    return Cell(cell.who, cell.method, cell.route, cell.address, things)


def _absent(kind: str, thing: Thing) -> str:
    # as long as the real one, so that nothing but existence differs
    return ABSENT.get(kind) or re.sub(r"[A-Z0-9a-f]", "9", thing.reference)


class Visitor:
    """Somebody at the doors."""

    def __init__(self, who: str, world: World) -> None:
        self.who = who
        self.client = Client(raise_request_exception=False)
        if who != ANONYMOUS:
            self.client.force_login(world.people[who])

    def visit(self, cell: Cell) -> Answer:
        """Go there; whatever is changed is undone afterwards."""
        arguments = tuple(thing.reference for thing in cell.things)
        path = cell.route.filled(arguments) + _worded(cell.address.query, arguments)
        errors: list[str] = []
        for name in ("messages", "csrftoken"):  # what an earlier visit left behind
            self.client.cookies.pop(name, None)

        def note(*_: Any, **facts: Any) -> None:
            errors.append(str(facts))

        got_request_exception.connect(note)
        try:
            with _undone(), _watching() as changes:
                response = self._send(cell, path, arguments)
                text = told(response)
                changed = bool(changes) and changes[0] != _digest()
        finally:
            got_request_exception.disconnect(note)
        for said in (path, quote(path), path.partition("?")[0]):
            text = text.replace(said, "‹path›")
        for argument in arguments:
            # a key of one digit stands everywhere, so what is left is compared as it is
            text = text.replace(argument, "‹argument›") if len(argument) > 3 else text
        return Answer(response.status_code, text, changed, errors)

    def _send(self, cell: Cell, path: str, arguments: tuple[str, ...]) -> Any:
        if cell.method == "GET":
            return self.client.get(path)
        body = {key: _worded(value, arguments) for key, value in cell.address.body.items()}
        if path.startswith("/api/") and not path.endswith("/file"):
            sent = json.dumps(body.get("whole", body))
            return self.client.generic(cell.method, path, sent, content_type="application/json")
        if path.endswith(("/file", "/upload/", "/sheet/")):
            body["file"] = io.BytesIO("规格,吨数\nGCr15,3\n".encode())
            body["file"].name = "sheet.csv"
        return self.client.post(path, body)


def _worded(value: Any, arguments: tuple[str, ...]) -> Any:
    if isinstance(value, list):
        return [_worded(part, arguments) for part in value]
    if isinstance(value, dict):
        return {key: _worded(part, arguments) for key, part in value.items()}
    if not isinstance(value, str):
        return value
    for number, argument in enumerate(arguments):
        value = value.replace(f"{{{number}}}", argument)
    return value


def told(response: Any) -> str:
    """Everything that an answer says: headers, cookies' names, pages, workbooks and documents unpacked."""
    streamed = isinstance(response, StreamingHttpResponse)
    body = b"".join(response) if streamed else response.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist())
    text = body.decode(errors="replace")
    if body.startswith(b"%PDF"):
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    assert isinstance(response, HttpResponse | StreamingHttpResponse)
    if "application/json" in response.get("Content-Type", ""):
        text += text.encode().decode("unicode_escape", errors="replace")
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return FICKLE.sub("", text) + FICKLE.sub("", str(headers))


@contextmanager
def _undone() -> Iterator[None]:
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
        transaction.set_rollback(False)


@contextmanager
def _watching() -> Iterator[list[str]]:
    """Give the digest of all tenants' rows before the first write, if there is any write."""
    before: list[str] = []
    busy = False

    def notice(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal busy
        if not before and not busy and WRITES.match(sql) and "django_session" not in sql:
            busy = True
            before.append(_digest())
            busy = False
        return execute(sql, params, many, context)

    with connection.execute_wrapper(notice):
        yield before


def _digest() -> str:
    """Digest every row of every table that belongs to somebody."""
    found = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.label_lower in NO_TENANTS or not model._meta.managed:
                continue
            columns = ", ".join(
                connection.ops.quote_name(f.column or f.name)
                for f in model._meta.local_concrete_fields
                if f.name != "last_login"
            )
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT {columns} FROM {table} ORDER BY 1")
            found.update(repr((model._meta.label, cursor.fetchall())).encode())
    return found.hexdigest()
