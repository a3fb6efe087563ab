"""What the turn of a term asks for: the big check before it begins, an empty and quiet kitchen when it ends.

The lists are shipped (practice 3 and 32). Order 45 (45号令) is 学校食品安全与营养健康管理规定, in force since
2019-04-01; the notice of 2023 is 关于切实加强2023年秋季学校食品安全工作的通知, which asks every school for a
complete self-check before the term begins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from canteen.accounts.rules import Role
from canteen.kit.texts import _


class Turn(StrEnum):
    """Which end of a term."""

    OPENING = "opening"
    CLOSING = "closing"


WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TermTask:
    """One line of a list: its stable code, what to do (a message id), for whom, and what asks for it."""

    code: str
    message: str
    roles: tuple[Role, ...]
    source: str


TERM_TASKS: Mapping[Turn, Sequence[TermTask]] = {
    Turn.OPENING: (
        TermTask(
            "self_check",
            _("Big check before the term: walk the whole canteen and write down what is to be mended"),
            (Role.PRINCIPAL, Role.SAFETY_DIRECTOR, Role.SAFETY_OFFICER),
            "45号令 §25；2023年秋季通知：开学前全面开展自查",
        ),
        TermTask(
            "clean",
            _("Clean and disinfect kitchen, dining hall, stores, refrigerators, tableware and boards"),
            (Role.CANTEEN_MANAGER, Role.COOK),
            "GB 31654-2021；开学前一周大检查",
        ),
        TermTask(
            "equipment",
            _("Try out cooling, disinfection, ventilation, gas and water; close gaps against rats and flies"),
            (Role.CANTEEN_MANAGER, Role.GENERAL_AFFAIRS),
            "2023年秋季通知：防虫防鼠防蝇设施检查",
        ),
        TermTask(
            "old_stock",
            _("Go through all stores: take out what is expired, spoiled or was left open"),
            (Role.STOREKEEPER, Role.SAFETY_OFFICER),
            "45号令 §35、§37",
        ),
        TermTask(
            "staff",
            _("See that every worker has a valid health certificate, and train them"),
            (Role.CANTEEN_MANAGER, Role.SAFETY_OFFICER),
            "食品安全法 §45；45号令 §27",
        ),
        TermTask(
            "suppliers",
            _("Look through the suppliers' licences, papers and contracts"),
            (Role.BUYER, Role.CANTEEN_MANAGER),
            "45号令 §34",
        ),
        TermTask(
            "plans",
            _("Settle who eats with the pupils, and go through what to do in an accident"),
            (Role.PRINCIPAL, Role.DEPUTY),
            "45号令 §13、§50",
        ),
    ),
    Turn.CLOSING: (
        TermTask(
            "clear_stock",
            _("Clear the stock: count it, use it up, give it back or write it off; nothing perishable stays"),
            (Role.STOREKEEPER, Role.CANTEEN_MANAGER),
            "45号令 §35、§37；学期末盘库",
        ),
        TermTask(
            "samples",
            _("Discard the retained samples whose hour has come, and record it"),
            (Role.SAFETY_OFFICER,),
            "45号令 §40",
        ),
        TermTask(
            "switch_off",
            _("Empty, clean and switch off the equipment; close gas and water"),
            (Role.CANTEEN_MANAGER, Role.COOK),
            "GB 31654-2021；学期末清场",
        ),
        TermTask(
            "waste",
            _("Have kitchen waste and waste oil taken away, with the receipt"),
            (Role.CANTEEN_MANAGER,),
            "45号令 §42",
        ),
        TermTask(
            "lock_up",
            _("Lock up stores, additives and cleaning agents, and hand in the keys"),
            (Role.STOREKEEPER, Role.GENERAL_AFFAIRS),
            "45号令 §38、§43",
        ),
    ),
}


def due_days(first_day: date, last_day: date) -> dict[Turn, date]:
    """Until when each list is to be done: the day before the first day of term, and its last day."""
    return {Turn.OPENING: first_day - timedelta(days=1), Turn.CLOSING: last_day}


def tasks_on(first_day: date, last_day: date, today: date) -> dict[str, tuple[TermTask, date]]:
    """The tasks of a term that stand in the seven days up to their last day, by topic, each with that day."""
    return {
        topic_of(turn, task): (task, due)
        for turn, due in due_days(first_day, last_day).items()
        for task in TERM_TASKS[turn]
        if due - WEEK < today <= due
    }


def topic_of(turn: Turn, task: TermTask) -> str:
    """The topic that a task is posted under: `terms.opening.clean`."""
    return f"terms.{turn}.{task.code}"


def due_of(topic: str, first_day: date, last_day: date) -> date:
    """The last day for the task of a topic."""
    return due_days(first_day, last_day)[Turn(topic.split(".")[1])]
