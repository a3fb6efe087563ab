"""How a canteen is run, from a day on, and what that brings (practice 2)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from canteen.kit.problems import Finding, error, warning
from canteen.kit.texts import _


class Mode(StrEnum):
    """Run by the school, contracted out to a firm, meals delivered by a firm, or some of both."""

    SELF_RUN = "self_run"
    CONTRACTED = "contracted"
    DELIVERED = "delivered"
    MIXED = "mixed"


MODE_NAMES = {
    Mode.SELF_RUN: _("Run by the school"),
    Mode.CONTRACTED: _("Contracted out"),
    Mode.DELIVERED: _("Meals delivered from outside"),
    Mode.MIXED: _("Own kitchen and delivered meals"),
}
WITH_FIRM = frozenset({Mode.CONTRACTED, Mode.DELIVERED, Mode.MIXED})
WITH_DELIVERY = frozenset({Mode.DELIVERED, Mode.MIXED})


@dataclass(frozen=True, slots=True)
class Running:
    """A canteen's mode with what belongs to it; `arrives` is the wall-clock arrival as minutes of the day."""

    mode: Mode
    firm: str = ""
    contract: str = ""
    contract_ends_on: date | None = None
    licence: str = ""
    arrives: int | None = None


def running_findings(running: Running, *, nutrition_plan: bool, on: date) -> list[Finding]:
    """What a mode still lacks (errors), and what is against the rules (warnings).

    Contracted out: firm and contract. Delivered: the firm's licence, which must hold 集体用餐配送, and the
    hour of arrival: at 60 degrees or more, eaten within four hours of cooking (operation norm of 2018).
    """
    found = []
    if running.mode in WITH_FIRM and not running.firm:
        found.append(error("mode_firm", _("Name the firm."), "firm"))
    if running.mode is Mode.CONTRACTED and not running.contract:
        found.append(error("mode_contract", _("Give the number or name of the contract."), "contract"))
    if running.mode in WITH_DELIVERY and not running.licence:
        message = _("Give the firm's food licence: it must cover the delivery of group meals.")
        found.append(error("mode_licence", message, "licence"))
    if running.mode in WITH_DELIVERY and running.arrives is None:
        found.append(error("mode_arrival", _("Say when the meals arrive."), "arrives"))
    return found + mode_warnings(running, nutrition_plan=nutrition_plan, on=on)


def mode_warnings(running: Running, *, nutrition_plan: bool, on: date) -> list[Finding]:
    """Warnings of a mode.

    A school of the rural nutrition plan (营养改善计划) may not contract its canteen out or have it run by
    others (Decree 45 of 2019; measures of the plan, 2022).
    """
    found = []
    if running.mode is Mode.CONTRACTED and nutrition_plan:
        message = _("A school of the nutrition plan may not contract its canteen out (Decree 45).")
        found.append(warning("plan_contracted_out", message, "mode"))
    if running.contract_ends_on is not None and running.contract_ends_on < on:
        message = _("The contract with {firm} ended on {day}.")
        ended = {"firm": running.firm, "day": running.contract_ends_on}
        found.append(warning("contract_ended", message, "contract_ends_on", **ended))
    return found
