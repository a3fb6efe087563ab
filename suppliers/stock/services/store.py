"""Steps that every deed of the store room is made of: slips, lines of the ledger, parts taken off lots."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import fresh, insert_rows
from canteen.kit.problems import Conflict, Missing, Refused, error
from canteen.kit.texts import _
from canteen.schools.services.serials import next_serial
from suppliers.stock.rules import CountState, Move, OnShelf, SlipKind, Take, slip_number
from suppliers.stock.tables import Lot, Slip, StockMove, Stocktake


def on_shelf(lot: Lot) -> OnShelf:
    """A lot as the rules see it."""
    return OnShelf(
        id=lot.id,
        good=lot.good,
        quantity_left=lot.quantity_left,
        fen_left=lot.fen_left,
        received_on=lot.received_on,
        expires_on=lot.expires_on,
        state=lot.state,
        held=lot.held_at is not None,
        usable_from=lot.usable_from,
    )


async def lot_of(school: int, lot: int) -> Lot:
    """One lot of a school. Raises Missing."""
    found: Lot | None = await Lot.objects().where((Lot.school == school) & (Lot.id == lot)).first()
    if found is None:
        raise Missing
    return found


async def lots_by_ids(school: int, ids: Iterable[int]) -> dict[int, Lot]:
    """Lots of a school by id; an id that is not there is left out."""
    wanted = list(set(ids))
    if not wanted:
        return {}
    rows = await Lot.objects().where((Lot.school == school) & Lot.id.is_in(wanted))
    return {lot.id: lot for lot in rows}


async def refuse_closed_day(school: int, canteen: int, day: date) -> None:
    """Step: raise Refused when a closed stocktake has locked that day."""
    here = (Stocktake.school == school) & (Stocktake.canteen == canteen)
    closed = (Stocktake.state == CountState.CLOSED.value) & (Stocktake.whole == True)  # noqa: E712
    row = await (
        Stocktake.select(Stocktake.day)
        .where(here & closed & (Stocktake.day >= day))
        .order_by(Stocktake.day, ascending=False)
        .first()
    )
    if row:
        message = _("The stocktake of {day} is closed: nothing is entered on that day or before it any more.")
        raise Refused([error("day_closed", message, "day", day=row["day"])])


async def open_slip(
    actor: Actor,
    canteen: int,
    kind: SlipKind,
    *,
    happened_at: datetime,
    now: datetime,
    meal: str = "",
    purpose: str = "",
    receiver: int | None = None,
    witness: int | None = None,
    photos: str = "[]",
    corrects: int | None = None,
) -> Slip:
    """Step: a document with its number, for lines that follow. Raises Refused for a locked day."""
    day = local_day(happened_at)
    await refuse_closed_day(actor.school, canteen, day)
    serial = await next_serial(actor.school, f"slip-{kind}-{day.year}")
    slip = Slip(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        canteen=canteen,
        kind=kind.value,
        number=slip_number(kind, day.year, serial),
        day=day,
        happened_at=happened_at,
        meal=meal,
        purpose=purpose,
        receiver=receiver,
        witness=witness,
        fen=0,
        photos=photos,
        corrects=corrects,
    )
    await slip.save()
    return slip


def line_of(
    actor: Actor, slip: Slip, take: Take, kind: Move, *, note: str = "", corrects: int | None = None
) -> StockMove:
    """A line that takes a part of a lot out; `corrects` is the line that it takes back."""
    return fresh(
        StockMove,
        school=actor.school,
        entered_at=slip.entered_at,
        entered_by=actor.person,
        canteen=slip.canteen,
        slip=slip.id,
        lot=take.lot.id,
        good=take.lot.good,
        kind=kind.value,
        day=slip.day,
        quantity=-take.quantity,
        fen=-take.fen,
        note=note,
        corrects=corrects,
    )


async def take_out(
    actor: Actor,
    slip: Slip,
    takes: Sequence[Take],
    kind: Move,
    note: str = "",
    *,
    corrects: Sequence[int | None] = (),
) -> None:
    """Step: write the lines, take each part off its lot, and sum the slip.

    `corrects` names, part by part, the lines that these take back.

    Raises Conflict when somebody else took of a lot meanwhile: then the parts must be worked out again.
    """
    for take in takes:
        await _take_off(actor.school, take)
    if takes:
        back = list(corrects) or [None] * len(takes)
        pairs = zip(takes, back, strict=True)
        rows = [line_of(actor, slip, take, kind, note=note, corrects=old) for take, old in pairs]
        await insert_rows(rows)
    slip.fen = sum(take.fen for take in takes)
    await slip.save([Slip.fen])


async def _take_off(school: int, take: Take) -> None:
    left = {Lot.quantity_left: take.seen - take.quantity, Lot.fen_left: take.lot.fen_left - take.fen}
    unchanged = (Lot.id == take.lot.id) & (Lot.quantity_left == take.seen) & Lot.held_at.is_null()
    changed = await Lot.update(left).where((Lot.school == school) & unchanged).returning(Lot.id)  # type: ignore[arg-type]
    if not changed:
        message = _("Somebody else took of this lot meanwhile. Look at what is left and send again.")
        raise Conflict([error("lot_changed", message)])
