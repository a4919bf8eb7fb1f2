"""Split a pool's bill so that no group of members would do better by buying apart."""

from brain_engines.sharing.explain import MemberExplanation, explain_shares, groups_checked
from brain_engines.sharing.io import BadSharesFile, read_shares, shares_as_data, shares_schema, write_shares
from brain_engines.sharing.problem import (
    AVAILABLE_RULES,
    BindingGroup,
    ListPrice,
    MemberShare,
    Shares,
    Sharing,
    SharingLimits,
    SharingProgress,
    SharingRefused,
    SharingRule,
)
from brain_engines.sharing.solve import share
from brain_engines.sharing.verify import Unconfirmed, Unsound, verify

__all__ = [
    "AVAILABLE_RULES",
    "BadSharesFile",
    "BindingGroup",
    "ListPrice",
    "MemberExplanation",
    "MemberShare",
    "Shares",
    "Sharing",
    "SharingLimits",
    "SharingProgress",
    "SharingRefused",
    "SharingRule",
    "Unconfirmed",
    "Unsound",
    "explain_shares",
    "groups_checked",
    "read_shares",
    "share",
    "shares_as_data",
    "shares_schema",
    "verify",
    "write_shares",
]
