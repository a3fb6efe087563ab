"""Only the duties that apply, and never fewer than the law asks."""

from canteen.schools.rules.duties import DUTIES, applying, duty_findings
from canteen.schools.rules.modes import Mode


def keys(*modes: Mode, **said_away: str) -> set[str]:
    return {a.duty.key for a in applying(modes, said_away) if a.applies}


def test_a_kitchen_of_ones_own_has_no_delivered_meals_to_check() -> None:
    assert set(DUTIES) - keys(Mode.SELF_RUN) == {"delivery_check"}
    assert keys() == keys(Mode.SELF_RUN)


def test_with_delivered_meals_stock_and_cooking_fall_away() -> None:
    gone = set(DUTIES) - keys(Mode.DELIVERED)
    assert {"goods_in", "stock", "cooking"} <= gone
    assert "samples" not in gone


def test_with_both_nothing_falls_away() -> None:
    assert keys(Mode.MIXED) == set(DUTIES)
    assert keys(Mode.SELF_RUN, Mode.DELIVERED) == set(DUTIES)


def test_what_a_school_does_not_have_is_said_away_with_a_reason() -> None:
    assert "uv_lamps" not in keys(Mode.SELF_RUN, uv_lamps="没有紫外线灯")
    assert duty_findings("uv_lamps", applies=False, reason="没有紫外线灯") == []
    assert [f.rule for f in duty_findings("uv_lamps", applies=False, reason=" ")] == ["duty_reason"]


def test_what_the_law_asks_cannot_be_said_away() -> None:
    assert [f.rule for f in duty_findings("samples", applies=False, reason="没有冰箱")] == ["duty_always"]
    assert "samples" in keys(Mode.SELF_RUN, samples="没有冰箱")
    assert duty_findings("samples", applies=True, reason="") == []
