"""The people of the platform's tests stand at the doors here too."""

from tests.platform.conftest import (
    in_english,
    member,
    member_firm,
    operator,
    platform,
    second_operator,
    supplier,
    supplier_firm,
)

__all__ = [
    "in_english",
    "member",
    "member_firm",
    "operator",
    "platform",
    "second_operator",
    "supplier",
    "supplier_firm",
]
