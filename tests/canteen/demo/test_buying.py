"""The demo's three weeks of buying: what came, what went wrong, what lies in the store, what is paid."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from canteen.demo.cast import SCHOOLS, School
from canteen.kit.pages import Listing
from canteen.tenants.services import tenant_by_code
from suppliers.goods.rules import Category
from suppliers.payments.services import list_advances, list_payments, list_slips
from suppliers.purchasing.rules import DeliveryState, OrderState, WayIn, WishKind, WishState
from suppliers.purchasing.services.accounted import taken_between
from suppliers.purchasing.services.deliveries import disposals_of, view_of
from suppliers.purchasing.services.wish_lists import list_wishes
from suppliers.purchasing.tables import Delivery, DeliveryLine, Order, PriceList, Quote
from suppliers.stock.rules import CountState
from suppliers.stock.services import count_view, list_counts, near_lots
from suppliers.stock.tables import Lot, StockMove
from tests.canteen.demo.conftest import SATURDAY, demo_at

FRIDAY = date(2026, 11, 20)
FIRST_DAY = date(2026, 11, 2)


async def id_of(school: School) -> int:
    return int((await tenant_by_code(school.code)).id)


async def deliveries(school: School) -> list[Delivery]:
    return list(await Delivery.objects().where(Delivery.school == await id_of(school)).order_by(Delivery.id))


async def test_vegetables_and_meat_come_on_each_of_fifteen_school_days(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            found = await taken_between(await id_of(school), FIRST_DAY, FRIDAY)
            days = {row.arrived_on for row in found}
            assert len(days) == 15
            assert all(day.weekday() < 5 for day in days)
            here = (DeliveryLine.school == await id_of(school)) & (DeliveryLine.accepted > 0)
            came = await DeliveryLine.select(DeliveryLine.arrived_on, DeliveryLine.category).where(here)
            green = {row["arrived_on"] for row in came if row["category"] == Category.PRODUCE}
            meat = {row["arrived_on"] for row in came if row["category"] in (Category.PORK, Category.MEAT)}
            assert green == meat == days


async def test_two_weeks_were_taken_over_from_a_file_and_at_the_door_nobody_checked_alone(
    saturday: Path,
) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            decided = [row for row in await deliveries(school) if row.state != DeliveryState.DRAFT]
            taken_over = {row.arrived_on for row in decided if row.way_in == WayIn.FILE}
            assert len(taken_over) == 10
            door = [row for row in decided if row.way_in == WayIn.DOOR]
            assert {row.arrived_on for row in door} == {FRIDAY - timedelta(days=n) for n in range(5)}
            assert all(row.second_by and row.second_by != row.checked_by for row in door)


async def test_prices_move_a_little_from_day_to_day(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        here = DeliveryLine.school == await id_of(SCHOOLS[0])
        rows = await DeliveryLine.select(DeliveryLine.name, DeliveryLine.fen_per_kg).where(here)
        eggs = {row["fen_per_kg"] for row in rows if row["name"] == "鸡蛋"}
        assert len(eggs) > 2
        assert max(eggs) < min(eggs) * 1.15


async def test_withered_greens_went_back_on_the_day_their_dish_was_swapped(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            (part,) = [row for row in await deliveries(school) if row.state == DeliveryState.PART]
            assert part.arrived_on == FRIDAY
            view = await view_of(await id_of(school), part.id)
            (refused,) = [line for line in view.lines if line.refusal]
            assert refused.category == Category.PRODUCE
            assert len(await disposals_of(await id_of(school), [refused.id])) == 1


async def test_the_principal_let_pork_through_with_a_reason(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        (let,) = [row for row in await deliveries(SCHOOLS[0]) if row.exception_reason]
        assert let.state == DeliveryState.ACCEPTED
        assert "paper_missing" in let.stops
        assert let.exception_by not in (let.checked_by, let.second_by)


async def test_who_came_with_an_expired_licence_waits_as_a_draft(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            (draft,) = [row for row in await deliveries(school) if row.state == DeliveryState.DRAFT]
            assert draft.arrived_on == FRIDAY
            assert "生抽" in draft.typed


async def test_the_store_was_counted_and_what_is_near_its_end_is_listed(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            here = await id_of(school)
            ((count, *none), _cursor) = await list_counts(here, Listing())
            assert not none
            assert count.state == CountState.CLOSED
            view = await count_view(here, count.id)
            assert view.done == len(view.lines)
            assert len(view.different) == 2
            assert -2000 < view.difference_fen < 0
            near = await near_lots(here, None, on=SATURDAY.date())
            assert "火腿肠" in {line.good.name for line in near}


async def test_the_book_of_the_store_adds_up_and_nothing_is_below_nought(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            here = await id_of(school)
            lots = await Lot.select(Lot.id, Lot.quantity_left).where(Lot.school == here)
            moves = await StockMove.select(StockMove.lot, StockMove.quantity).where(StockMove.school == here)
            sums: Counter[int] = Counter()
            for move in moves:
                sums[move["lot"]] += move["quantity"]
            assert all(sums[lot["id"]] == lot["quantity_left"] >= 0 for lot in lots)
            assert sum(lot["quantity_left"] > 0 for lot in lots) > 15


async def test_this_week_is_planned_and_approved_and_rice_was_ordered_from_the_cheapest_of_three(
    saturday: Path,
) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            here = await id_of(school)
            wishes = (await list_wishes(here, Listing()))[0]
            plans = {wish.first_day: wish.state for wish in wishes if wish.kind is WishKind.WEEKLY_PLAN}
            monday = FRIDAY - timedelta(days=4)
            assert plans == {
                monday: WishState.APPROVED,
                monday + timedelta(days=7): WishState.SUBMITTED,
            }
            quotes = await Quote.select().where(Quote.school == here)
            assert len(quotes) == 3
            orders = await Order.select(Order.state).where(Order.school == here)
            assert [row["state"] for row in orders] == [OrderState.DELIVERED]
        assert await PriceList.count() == 1


async def test_payments_stand_at_every_signature_and_cash_is_accounted_for_or_still_out(
    saturday: Path,
) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            here = await id_of(school)
            states = Counter(row["state"] for row in (await list_payments(here, Listing()))[0])
            assert states["paid"] == 1
            assert states["signing"] >= 1
            assert states["approved"] >= 1
            assert len((await list_slips(here, Listing()))[0]) >= 3
            assert len(await list_advances(here)) == 1
