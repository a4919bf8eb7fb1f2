"""How rounds are listed and drawn: sorts, tones, the timeline, the tabs, and the next step of a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acts_as
from industry_brain.accounts.states import Role
from industry_brain.rounds.models import Round
from industry_brain.rounds.permissions import may_oversee, may_run
from industry_brain.rounds.states import STAGES, RoundState
from industry_brain.web.formats import moment

Words = str | Promise

SORTS = {
    "reference": "reference",
    "title": "title",
    "state": "state",
    "created": "created_at",
    "demands": "demands_close_at",
    "bids": "bids_close_at",
    "items": "item_count",
}

TONES = {
    RoundState.DRAFT: "",
    RoundState.COLLECTING: "brand",
    RoundState.POOLED: "info",
    RoundState.BIDDING: "brand",
    RoundState.CLOSED: "warn",
    RoundState.OPENED: "info",
    RoundState.AWARDING: "warn",
    RoundState.AWARDED: "good",
    RoundState.FINAL: "good",
    RoundState.CANCELLED: "bad",
}

# What is happening, for everybody who sees the round.
NOTES: dict[RoundState, Words] = {
    RoundState.DRAFT: _("Nobody but the operator sees this draft."),
    RoundState.COLLECTING: _("Members enter and submit their demands until the announced moment."),
    RoundState.POOLED: _("The demands have been added up; the operator will open bidding."),
    RoundState.BIDDING: _("Invited suppliers hand in bids. Nobody else sees them before the opening."),
    RoundState.CLOSED: _("No more bids are taken. The operator opens them next."),
    RoundState.OPENED: _("The bids have been opened; the award can be worked out."),
    RoundState.AWARDING: _("The award is being worked out and approved by two people."),
    RoundState.AWARDED: _("The award stands unless somebody objects within the standstill."),
    RoundState.FINAL: _("The award is final."),
    RoundState.CANCELLED: _("This round has ended without an award."),
}


@dataclass(frozen=True)
class Action:
    """The one thing a person should do next in a round; ``posts`` says that it changes something."""

    key: str
    label: Words
    url: str
    posts: bool = False


@dataclass(frozen=True)
class Step:
    """A stage on the timeline."""

    label: Words
    state: str
    when: str = ""
    note: Words = ""


@dataclass(frozen=True)
class Tab:
    """A tab of a round's page."""

    label: Words
    url: str
    active: bool = False


def tone_of(state: str) -> str:
    """Give the tone in which a state is drawn."""
    return TONES[RoundState(state)]


def next_action(round_: Round, actor: User, at: datetime) -> Action | None:
    """Say what the actor should do next in a round, if anything."""
    state = RoundState(round_.state)
    if may_run(actor, round_):
        return _of_operator(round_, state, at)
    if acts_as(actor, Role.MEMBER):
        return _of_member(round_, state, at)
    if acts_as(actor, Role.SUPPLIER):
        return _of_supplier(round_, state, at)
    if acts_as(actor, Role.AUDITOR) and state in _RESULTS:
        return _see_award(round_)
    return None


def steps_of(round_: Round) -> list[Step]:
    """Draw the life of a round: what is done and when, what is now, what comes and until when."""
    at = {
        RoundState.DRAFT: round_.created_at,
        RoundState.COLLECTING: round_.published_at,
        RoundState.POOLED: round_.pooled_at,
        RoundState.BIDDING: round_.bidding_at,
        RoundState.CLOSED: round_.closed_at,
        RoundState.OPENED: round_.opened_at,
        RoundState.AWARDING: None,
        RoundState.AWARDED: round_.awarded_at,
        RoundState.FINAL: round_.final_at,
    }
    reached = _reached(round_)
    steps = []
    for place, stage in enumerate(STAGES):
        mark = "done" if place < reached else "current" if place == reached else "todo"
        steps.append(Step(stage.label, mark, _when(at[stage]), _until(round_, stage)))
    if round_.state == RoundState.CANCELLED:
        steps[reached] = Step(RoundState.CANCELLED.label, "failed", _when(round_.cancelled_at))
    return steps


def tabs_of(round_: Round, actor: User, active: str = "overview") -> list[Tab]:
    """Give the tabs of a round that are of use to the actor now."""
    state = RoundState(round_.state)
    supplier_only = acts_as(actor, Role.SUPPLIER) and not acts_as(actor, Role.MEMBER)
    oversees = may_oversee(actor, round_)
    shown: list[tuple[str, Words, str, bool]] = [
        ("overview", pgettext_lazy("tab", "Overview"), "rounds:round_detail", True),
        ("demands", _demands_word(round_, actor), "demands:round_demands", not supplier_only),
        ("bids", _("My bid"), "bids:bid_edit", acts_as(actor, Role.SUPPLIER) and not may_run(actor, round_)),
        ("matrix", _("Compare bids"), "bids:bid_matrix", oversees and state in _RESULTS),
    ]
    tabs = [
        Tab(label, reverse(name, args=[round_.reference]), key == active)
        for key, label, name, on in shown
        if on
    ]
    if state in _RESULTS:
        tabs.append(Tab(pgettext_lazy("tab", "Result"), _award_url(round_), active == "result"))
    files = reverse("rounds:round_files", args=[round_.reference])
    return [*tabs, Tab(pgettext_lazy("tab", "Files"), files, active == "files")]


_RESULTS = (RoundState.OPENED, RoundState.AWARDING, RoundState.AWARDED, RoundState.FINAL)


def _of_operator(round_: Round, state: RoundState, at: datetime) -> Action | None:
    demands_due, bids_due = at >= round_.demands_close_at, at >= round_.bids_close_at
    offers: dict[RoundState, Callable[[], Action | None]] = {
        RoundState.DRAFT: lambda: _post("publish", _("Publish the round"), "rounds:round_publish", round_),
        RoundState.COLLECTING: lambda: _link(
            "pool",
            _("Pool the demands") if demands_due else _("See who is still missing"),
            "demands:pool_preview",
            round_,
        ),
        RoundState.POOLED: lambda: _post(
            "start_bidding", _("Open bidding"), "rounds:round_start_bidding", round_
        ),
        RoundState.BIDDING: lambda: (
            _post("close_bidding", _("Close bidding"), "rounds:round_close_bidding", round_)
            if bids_due
            else None
        ),
        RoundState.CLOSED: lambda: _link("open", _("Open the bids"), "bids:bid_opening", round_),
        RoundState.OPENED: lambda: Action("award", _("Work out the award"), _award_url(round_)),
        RoundState.AWARDING: lambda: Action("approve", _("Follow and approve the award"), _award_url(round_)),
        RoundState.AWARDED: lambda: Action("finalise", _("Make the award final"), _award_url(round_)),
        RoundState.FINAL: lambda: _see_award(round_),
    }
    return offers[state]() if state in offers else None


def _of_member(round_: Round, state: RoundState, at: datetime) -> Action | None:
    if state == RoundState.COLLECTING and at < round_.demands_close_at:
        return _link("enter_demands", _("Enter your demands"), "demands:round_demands", round_)
    if state in (RoundState.AWARDED, RoundState.FINAL):
        return Action("see_share", _("See what you pay and why"), _award_url(round_))
    return None


def _of_supplier(round_: Round, state: RoundState, at: datetime) -> Action | None:
    if state == RoundState.BIDDING and at < round_.bids_close_at:
        return _link("bid", _("Write your bid"), "bids:bid_edit", round_)
    if state in (RoundState.AWARDED, RoundState.FINAL):
        return Action("see_result", _("See what became of your bid"), _award_url(round_))
    return None


def _see_award(round_: Round) -> Action:
    return Action("see_award", _("See the award"), _award_url(round_))


def _award_url(round_: Round) -> str:
    return f"{reverse('awards:run_list')}?round={round_.reference}"


def _link(key: str, label: Words, name: str, round_: Round) -> Action:
    return Action(key, label, reverse(name, args=[round_.reference]))


def _post(key: str, label: Words, name: str, round_: Round) -> Action:
    return Action(key, label, reverse(name, args=[round_.reference]), posts=True)


def _demands_word(round_: Round, actor: User) -> Words:
    return _("My demands") if acts_as(actor, Role.MEMBER) and not may_run(actor, round_) else _("Demands")


def _reached(round_: Round) -> int:
    if round_.state != RoundState.CANCELLED:
        return STAGES.index(RoundState(round_.state))
    moments = (
        round_.published_at,
        round_.pooled_at,
        round_.bidding_at,
        round_.closed_at,
        round_.opened_at,
        round_.awarded_at,
    )
    return 1 + sum(moment is not None for moment in moments)


def _until(round_: Round, stage: RoundState) -> str:
    until = {
        RoundState.COLLECTING: round_.demands_close_at,
        RoundState.BIDDING: round_.bids_close_at,
        RoundState.AWARDED: round_.standstill_until,
    }.get(stage)
    return "" if until is None else str(_("until {moment}")).format(moment=moment(until))


def _when(at: datetime | None) -> str:
    return "" if at is None else moment(at)
