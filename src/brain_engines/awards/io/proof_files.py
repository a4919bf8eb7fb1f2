"""Read and write the proof file (version 1): JSON, every number an integer or an integer as text."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Any

from brain_engines.awards.certificate import PRECISION, Leaf, Node, Proof, Split
from brain_engines.awards.cuts import Cut
from brain_engines.awards.io import strict
from brain_engines.awards.io.strict import Sink

FORMAT = "industry-brain/proof"
VERSION = 1
_MOST = 2**31
_INTEGER = re.compile(r"-?[0-9]{1,60}")


class BadProofFile(strict.BadFile):
    """A proof file does not say what it should; ``errors`` lists every problem found in it."""


def write_proof(proof: Proof) -> str:
    """Write a proof file; reading it gives the same proof."""
    return json.dumps(proof_to_data(proof), ensure_ascii=False, separators=(",", ":")) + "\n"


def proof_to_data(proof: Proof) -> dict[str, Any]:
    """Turn a proof into plain JSON values."""
    bound = proof.lower_bound
    return {
        "format": FORMAT,
        "version": VERSION,
        "round": proof.round,
        "round_sha256": proof.round_sha256,
        "precision": PRECISION,
        "lower_bound": None if bound is None else [str(bound.numerator), str(bound.denominator)],
        "cuts": [_cut_data(cut) for cut in proof.cuts],
        "nodes": [_node_data(node) for node in proof.nodes],
    }


def _node_data(node: Node) -> dict[str, Any]:
    if isinstance(node, Split):
        return {"column": node.column, "at": node.at, "below": node.below, "above": node.above}
    data: dict[str, Any] = {
        "rows": [row for row, _ in node.multipliers],
        "multipliers": [str(number) for _, number in node.multipliers],
    }
    return {**data, "empty": True} if node.empty else data


def _cut_data(cut: Cut) -> dict[str, Any]:
    return {
        "rows": [row for row, _ in cut.multipliers],
        "multipliers": [str(number) for _, number in cut.multipliers],
        "from_above": list(cut.from_above),
        "divisor": str(cut.divisor),
    }


def read_proof(data: str | bytes) -> Proof:
    """Read a proof file, or raise :class:`BadProofFile`; whether it proves anything, ``check_proof`` says."""
    sink = Sink()
    root = strict.parse(data, sink)
    proof = None if sink.problems else _proof(root)
    if proof is None or sink.problems:
        raise BadProofFile(tuple(sink.problems))
    return proof


def _proof(root: strict.Node) -> Proof:
    f = root.fields(
        ("format", "version", "round", "round_sha256", "precision", "lower_bound", "cuts", "nodes")
    )
    if f.has("format"):
        f.get("format").choice((FORMAT,))
    if f.has("version"):
        f.get("version").whole(VERSION, VERSION)
    if f.has("precision"):
        f.get("precision").whole(PRECISION, PRECISION)
    nodes = tuple(_node(n) for n in f.nodes("nodes"))
    cuts = tuple(_cut(n) for n in f.nodes("cuts"))
    return Proof(f.text("round"), f.text("round_sha256"), _bound(f.get("lower_bound")), nodes, cuts)


def _bound(node: strict.Node) -> Fraction | None:
    if node.value is None:
        return None
    parts = [_integer(n) for n in node.nodes()]
    if len(parts) != 2 or parts[1] <= 0:
        node.wrong("not_a_fraction", "Numerator and denominator are wanted here.")
        return None
    return Fraction(parts[0], parts[1])


def _integer(node: strict.Node) -> int:
    if not isinstance(node.value, str) or not _INTEGER.fullmatch(node.value):
        node.wrong(
            "not_whole", "A whole number is wanted here, not {found}.", found=strict.kind_of(node.value)
        )
        return 1
    return int(node.value)


def _multipliers(f: strict.Fields) -> tuple[tuple[int, int], ...]:
    rows = [n.whole(0, _MOST) for n in f.nodes("rows")]
    numbers = [_integer(n) for n in f.nodes("multipliers")]
    if len(rows) != len(numbers):
        f.node.wrong("lengths_differ", "Rows and multipliers differ in number.")
        return ()
    return tuple(zip(rows, numbers, strict=True))


def _cut(node: strict.Node) -> Cut:
    f = node.fields(("rows", "multipliers", "from_above", "divisor"))
    above = tuple(n.whole(0, _MOST) for n in f.nodes("from_above"))
    return Cut(_multipliers(f), above, _integer(f.get("divisor")) if f.has("divisor") else 1)


def _node(node: strict.Node) -> Node:
    if isinstance(node.value, dict) and "column" in node.value:
        f = node.fields(("column", "at", "below", "above"))
        at = f.get("at").whole(-_MOST, _MOST) if f.has("at") else 0
        places = [f.get(key).whole(0, _MOST) if f.has(key) else 0 for key in ("column", "below", "above")]
        return Split(places[0], at, places[1], places[2])
    f = node.fields(("rows", "multipliers"), ("empty",))
    multipliers = _multipliers(f)
    if f.has("empty") and not isinstance(f.get("empty").value, bool):
        f.get("empty").wrong("not_a_choice", "true or false is wanted here.")
    return Leaf(multipliers, empty=f.has("empty") and f.get("empty").value is True)
