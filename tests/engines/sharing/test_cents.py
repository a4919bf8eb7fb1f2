from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from brain_engines.sharing.cents import CENT, list_prices, to_cents

amounts = st.decimals(-1000, 100_000, places=6)


@given(st.lists(amounts, min_size=1, max_size=30))
def test_cents_add_up_and_none_is_off_by_a_cent(exact: list[Decimal]) -> None:
    total = sum(exact, Decimal(0)).quantize(CENT)

    parts = to_cents(exact, total)

    assert sum(parts) == total
    assert all(abs(part - amount) <= CENT for part, amount in zip(parts, exact, strict=True))
    assert all(part == part.quantize(CENT) for part in parts)


def test_left_over_cents_go_to_the_largest_remainder_then_to_declared_order() -> None:
    exact = [Decimal("0.335"), Decimal("0.335"), Decimal("0.338"), Decimal("0.332")]

    assert [str(part) for part in to_cents(exact, Decimal("1.34"))] == ["0.34", "0.33", "0.34", "0.33"]


def test_no_members_share_nothing() -> None:
    assert to_cents([], Decimal(0)) == ()


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=3),
        st.tuples(st.decimals(1, 9000, places=8), st.decimals("0.5", 500, places=3)),
        min_size=1,
        max_size=8,
    )
)
def test_list_prices_miss_the_total_by_half_a_step_of_the_rarest_item_at_most(
    items: dict[str, tuple[Decimal, Decimal]],
) -> None:
    prices = {item: price for item, (price, _) in items.items()}
    quantities = {item: quantity for item, (_, quantity) in items.items()}
    total = sum((price * quantity for price, quantity in items.values()), Decimal(0)).quantize(CENT)

    listed = list_prices(prices, quantities, total)

    missing = total - sum(listed[item] * quantities[item] for item in items)
    assert abs(missing) <= Decimal("0.00005") * min(quantities.values()) + Decimal("1e-12")
    assert all(price == price.quantize(Decimal("0.0001")) for price in listed.values())
