"""What the first page lists: the next step in every round, the tour, the chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acts_as
from industry_brain.accounts.states import Role
from industry_brain.overview.queries import RoundFigures
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import STAGES, RoundState
from industry_brain.web.charts import Chart, Series, bars

# What the record calls an operation, for reading; the code stands beside it.
OPERATIONS: dict[str, str | Promise] = {
    "accounts.found_platform": pgettext_lazy("record", "Platform founded"),
    "accounts.register_body": pgettext_lazy("record", "Body registered"),
    "accounts.admit_person": pgettext_lazy("record", "Person admitted"),
    "accounts.give_role": pgettext_lazy("record", "Role given"),
    "accounts.change_password": pgettext_lazy("record", "Password changed"),
    "accounts.issue_token": pgettext_lazy("record", "Token issued"),
    "accounts.revoke_token": pgettext_lazy("record", "Token revoked"),
    "awards.start_award": pgettext_lazy("record", "Award requested"),
    "awards.stop_award": pgettext_lazy("record", "Search stopped"),
    "awards.carry_out_run": pgettext_lazy("record", "Award worked out"),
    "awards.carry_out_sharing": pgettext_lazy("record", "Bill shared"),
    "awards.recover_run": pgettext_lazy("record", "Search taken up again"),
    "awards.fail_run": pgettext_lazy("record", "Search failed"),
    "awards.share_award": pgettext_lazy("record", "Sharing asked for again"),
    "awards.approve_award": pgettext_lazy("record", "Award approved"),
    "awards.set_award_aside": pgettext_lazy("record", "Award set aside"),
    "awards.finalise_award": pgettext_lazy("record", "Award made final"),
    "bids.sealed_entry": pgettext_lazy("record", "Sealed entry about a bid"),
    "bids.open_bids": pgettext_lazy("record", "Bids opened"),
    "catalogue.add_category": pgettext_lazy("record", "Category added"),
    "catalogue.add_material": pgettext_lazy("record", "Material added"),
    "demands.enter_demand": pgettext_lazy("record", "Demand entered"),
    "demands.change_demand": pgettext_lazy("record", "Demand changed"),
    "demands.withdraw_demand": pgettext_lazy("record", "Demand withdrawn"),
    "demands.submit_demands": pgettext_lazy("record", "Demands submitted"),
    "demands.import_sheet": pgettext_lazy("record", "Sheet taken in"),
    "demands.correct_rows": pgettext_lazy("record", "Rows of a sheet corrected"),
    "demands.drop_row": pgettext_lazy("record", "Row of a sheet dropped"),
    "demands.pool_round": pgettext_lazy("record", "Demands pooled"),
    "firms.register_firm": pgettext_lazy("record", "Firm registered"),
    "firms.add_place": pgettext_lazy("record", "Place added"),
    "rounds.create_round": pgettext_lazy("record", "Round drafted"),
    "rounds.edit_round": pgettext_lazy("record", "Draft changed"),
    "rounds.set_windows": pgettext_lazy("record", "Delivery windows set"),
    "rounds.set_indices": pgettext_lazy("record", "Price indices set"),
    "rounds.set_share_rules": pgettext_lazy("record", "Share rules set"),
    "rounds.set_market_prices": pgettext_lazy("record", "Market reference prices set"),
    "rounds.invite_supplier": pgettext_lazy("record", "Supplier invited"),
    "rounds.withdraw_invitation": pgettext_lazy("record", "Invitation withdrawn"),
    "rounds.publish_round": pgettext_lazy("record", "Round published"),
    "rounds.change_calendar": pgettext_lazy("record", "Calendar changed"),
    "rounds.pool": pgettext_lazy("record", "Round moved on: demands pooled"),
    "rounds.start_bidding": pgettext_lazy("record", "Bidding started"),
    "rounds.close_bidding": pgettext_lazy("record", "Bidding closed"),
    "rounds.open": pgettext_lazy("record", "Round moved on: bids opened"),
    "rounds.begin_award": pgettext_lazy("record", "Round moved on: award being worked out"),
    "rounds.set_award_aside": pgettext_lazy("record", "Round moved back to its opened bids"),
    "rounds.award": pgettext_lazy("record", "Round awarded"),
    "rounds.finalise": pgettext_lazy("record", "Round made final"),
    "rounds.cancel_round": pgettext_lazy("record", "Round cancelled"),
}

# What a role does next in a round at a stage; without an entry there is nothing to do but look.
NEXT: dict[Role, dict[RoundState, str | Promise]] = {
    Role.OPERATOR: {
        RoundState.DRAFT: _("Complete and publish"),
        RoundState.COLLECTING: _("Follow the demands"),
        RoundState.POOLED: _("Start bidding"),
        RoundState.BIDDING: _("Wait for the bids"),
        RoundState.CLOSED: _("Open the bids"),
        RoundState.OPENED: _("Work out the award"),
        RoundState.AWARDING: _("Check and approve"),
        RoundState.AWARDED: _("Standstill"),
    },
    Role.MEMBER: {
        RoundState.COLLECTING: _("Put in your demands"),
        RoundState.AWARDED: _("See what you pay and why"),
    },
    Role.SUPPLIER: {
        RoundState.BIDDING: _("Submit your bid"),
        RoundState.AWARDED: _("See what you won"),
    },
    Role.AUDITOR: {
        RoundState.OPENED: _("Look at the opened bids"),
        RoundState.AWARDED: _("Check the award"),
    },
}


def operation_name(code: str) -> str:
    """Say an operation of the record in words; one that has none yet keeps its code."""
    return str(OPERATIONS.get(code, code))


@dataclass(frozen=True)
class NextStep:
    """One round and what waits there for the person; ``stage`` counts from 1."""

    round: Round
    label: str
    stage: int
    stages: int
    action: str | Promise
    deadline: datetime | None


@dataclass(frozen=True)
class TourStop:
    """One stop of the demo's tour."""

    text: str
    url: str
    action: str


def next_steps(rounds: Sequence[Round], actor: User) -> list[NextStep]:
    """Say for every round what waits for the person, those with something to do first."""
    steps = [_step(round_, actor) for round_ in rounds]
    return sorted(steps, key=lambda step: not step.action)


def _step(round_: Round, actor: User) -> NextStep:
    state = RoundState(round_.state)
    actions = [NEXT[role][state] for role in NEXT if acts_as(actor, role) and state in NEXT[role]]
    deadlines = {
        RoundState.COLLECTING: round_.demands_close_at,
        RoundState.BIDDING: round_.bids_close_at,
        RoundState.AWARDED: round_.standstill_until,
    }
    return NextStep(
        round=round_,
        label=str(state.label),
        stage=STAGES.index(state) + 1,
        stages=len(STAGES),
        action=actions[0] if actions else "",
        deadline=deadlines.get(state),
    )


def round_chart(awarded: Sequence[RoundFigures]) -> Chart:
    """Draw what each round cost beside what its members would have paid alone."""
    return bars(
        gettext("Paid together and alone, by round"),
        [figures.round.reference for figures in awarded],
        [
            Series(gettext("alone"), [figures.alone for figures in awarded]),
            Series(gettext("together"), [figures.paid for figures in awarded]),
        ],
    )


def tour(rounds: Sequence[Round], actor: User) -> list[TourStop]:
    """Lead a visitor of the demo through one round, by the role they signed in with."""
    at = {round_.state: round_ for round_ in reversed(rounds)}
    stops = []
    for role, state, text in (
        (Role.OPERATOR, RoundState.CLOSED, _("Open the sealed bids, work out the award, and approve it.")),
        (Role.OPERATOR, RoundState.COLLECTING, _("See who has put in demands and who is missing.")),
        (Role.OPERATOR, RoundState.AWARDED, _("Look at an award in its standstill: lines, shares, savings.")),
        (Role.MEMBER, RoundState.COLLECTING, _("Paste your month's steel from a sheet.")),
        (
            Role.MEMBER,
            RoundState.AWARDED,
            _("See what you pay, what you would pay alone, and why it is fair."),
        ),
        (Role.SUPPLIER, RoundState.BIDDING, _("Write a bid with tiers, packages and freight.")),
        (Role.SUPPLIER, RoundState.AWARDED, _("See what you won and why you lost the rest.")),
        (Role.ANALYST, RoundState.AWARDED, _("See the totals of an award.")),
        (Role.AUDITOR, RoundState.AWARDED, _("Take the files of an award and check them without us.")),
    ):
        if acts_as(actor, role) and state in at:
            page = "bids:bid_opening" if state is RoundState.CLOSED else "rounds:round_detail"
            url = reverse(page, args=[at[state].reference])
            stops.append(TourStop(str(text), url, at[state].reference))
    return stops
