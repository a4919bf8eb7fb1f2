"""Demands through the REST API.  Weights are tonnes and prices yuan per tonne, as decimals in strings."""

from ninja import Router

from industry_brain.demands.api.demands import router as demands
from industry_brain.demands.api.pool import router as pool
from industry_brain.demands.api.sheets import router as sheets

__all__ = ["router"]

router = Router(tags=["demands"])
# Those with words in their addresses come first: every other word is the reference of a demand.
router.add_router("", pool)
router.add_router("", sheets)
router.add_router("", demands)
