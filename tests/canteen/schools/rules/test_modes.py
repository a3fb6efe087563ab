"""How a canteen is run and what that asks."""

from datetime import date

from canteen.schools.rules.modes import Mode, Running, mode_warnings, running_findings

TODAY = date(2026, 9, 1)


def rules(running: Running, *, plan: bool = False) -> list[str]:
    return [f.rule for f in running_findings(running, nutrition_plan=plan, on=TODAY)]


def test_a_school_that_cooks_itself_need_name_nobody() -> None:
    assert rules(Running(Mode.SELF_RUN), plan=True) == []


def test_who_contracts_out_names_firm_and_contract() -> None:
    assert rules(Running(Mode.CONTRACTED)) == ["mode_firm", "mode_contract"]
    assert rules(Running(Mode.CONTRACTED, firm="味佳餐饮", contract="2026-07")) == []


def test_a_school_of_the_nutrition_plan_is_warned_of_contracting_out() -> None:
    assert rules(Running(Mode.CONTRACTED, firm="味佳餐饮", contract="2026-07"), plan=True) == [
        "plan_contracted_out"
    ]


def test_delivered_meals_need_the_licence_and_the_hour() -> None:
    assert rules(Running(Mode.DELIVERED, firm="味佳餐饮")) == ["mode_licence", "mode_arrival"]
    assert rules(Running(Mode.MIXED, firm="味佳餐饮", licence="JY1", arrives=11 * 60)) == []


def test_a_contract_that_ended_is_told() -> None:
    running = Running(Mode.CONTRACTED, firm="味佳餐饮", contract="1", contract_ends_on=date(2026, 8, 31))
    assert [f.rule for f in mode_warnings(running, nutrition_plan=False, on=TODAY)] == ["contract_ended"]
    assert mode_warnings(running, nutrition_plan=False, on=date(2026, 8, 31)) == []
