"""Say who receives whose goods, with few splits.

For one item: members take what they want from suppliers they do not exclude. Members with the
fewest possible suppliers choose first, larger quantities before smaller ones; each is served by
one supplier if the rest still works out, otherwise split along a flow. The rest works out if a
maximum flow fills it (Ford and Fulkerson 1956).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from brain_engines.awards.evaluate import Choice, delivered, quantity_of
from brain_engines.awards.pricing import quanta
from brain_engines.awards.problem import Allocation, Round

Flow = dict[tuple[int, str], int]


def allocate(round_: Round, choice: Choice) -> tuple[Allocation, ...]:
    """Distribute what is delivered over the demands that are filled, in declared order."""
    supplies: dict[str, dict[str, int]] = defaultdict(dict)
    for (supplier, item), count in delivered(round_, choice).items():
        supplies[item][supplier] = count
    wants: dict[str, dict[int, int]] = defaultdict(dict)
    for number, demand in enumerate(round_.demands):
        wanted = quanta(demand.quantity) - choice.unfilled.get(number, 0)
        if wanted:
            wants[demand.item][number] = wanted
    flow: Flow = {}
    for item, wanted_of in wants.items():
        allowed = {
            number: [s for s in supplies[item] if s not in round_.demands[number].excluded_suppliers]
            for number in wanted_of
        }
        flow.update(_share_out(wanted_of, supplies[item], allowed))
    rank = {bid.supplier: place for place, bid in enumerate(round_.bids)}
    return tuple(
        Allocation(round_.demands[n].member, round_.demands[n].item, supplier, quantity_of(count))
        for (n, supplier), count in sorted(flow.items(), key=lambda pair: (pair[0][0], rank[pair[0][1]]))
    )


def _share_out(
    wanted: Mapping[int, int], supply: Mapping[str, int], allowed: Mapping[int, list[str]]
) -> Flow:
    """Serve each demand from one supplier where that works, otherwise along a flow."""
    open_, left = dict(wanted), dict(supply)
    flow: Flow = {}
    for number in sorted(wanted, key=lambda n: (len(allowed[n]), -wanted[n], n)):
        amount = open_.pop(number)
        for supplier in _by_fit(amount, left, allowed[number]):
            left[supplier] -= amount
            if _fill(open_, left, allowed) is not None:
                flow[number, supplier] = amount
                break
            left[supplier] += amount
        else:
            filled = _fill({number: amount, **open_}, left, allowed)
            if filled is None:
                raise ValueError("what is delivered does not match what is wanted")
            for supplier in allowed[number]:
                if count := filled.get((number, supplier), 0):
                    flow[number, supplier] = count
                    left[supplier] -= count
    return flow


def _by_fit(amount: int, left: Mapping[str, int], allowed: list[str]) -> list[str]:
    """List suppliers that can serve an amount alone, the tightest fit first."""
    return sorted((s for s in allowed if left[s] >= amount), key=lambda s: left[s])


def _fill(
    wanted: Mapping[int, int], supply: Mapping[str, int], allowed: Mapping[int, list[str]]
) -> Flow | None:
    """Fill every want by a maximum flow, largest wants first; None if it cannot be done."""
    if sum(wanted.values()) != sum(supply.values()):
        return None
    left = dict(supply)
    flow: Flow = {}
    for number in sorted(wanted, key=lambda n: (len(allowed[n]), -wanted[n], n)):
        missing = wanted[number]
        while missing:
            path = _path(number, left, flow, allowed)
            if path is None:
                return None
            missing -= _push(path, missing, left, flow)
    return flow


def _path(
    start: int, left: Mapping[str, int], flow: Flow, allowed: Mapping[int, list[str]]
) -> list[tuple[int, str]] | None:
    """Find a chain want → supplier → want → … → supplier with something left, breadth first."""
    chains: list[list[tuple[int, str]]] = [
        [(start, s)] for s in sorted(allowed[start], key=lambda s: -left[s])
    ]
    seen = {chain[-1][1] for chain in chains}
    for chain in chains:
        supplier = chain[-1][1]
        if left[supplier] > 0:
            return chain
        served = [number for (number, other), count in flow.items() if other == supplier and count > 0]
        for number, onward in ((other, s) for other in served for s in allowed[other]):
            if onward not in seen:
                seen.add(onward)
                chains.append([*chain, (number, onward)])
    return None


def _push(path: list[tuple[int, str]], missing: int, left: dict[str, int], flow: Flow) -> int:
    """Send as much as possible along a chain and say how much."""
    back = [(number, path[place][1]) for place, (number, _) in enumerate(path[1:])]
    amount = min([missing, left[path[-1][1]], *(flow[step] for step in back)])
    for step in path:
        flow[step] = flow.get(step, 0) + amount
    for step in back:
        flow[step] -= amount
    left[path[-1][1]] -= amount
    return amount
