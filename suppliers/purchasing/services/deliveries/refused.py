"""What became of refused goods: returned or destroyed, with who took them and who saw it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.db import write
from canteen.kit.problems import Finding, Forbidden, Missing, error, refuse_if
from canteen.kit.texts import _
from suppliers.goods.rules import quantity_of, units_of
from suppliers.goods.services import good_of
from suppliers.purchasing.forms.deliveries import DisposalForm
from suppliers.purchasing.rules import Way
from suppliers.purchasing.services.deliveries.looking import delivery_of
from suppliers.purchasing.services.deliveries.writing import kept, refuse_strange_photos
from suppliers.purchasing.tables import DeliveryLine, Disposal


async def dispose(actor: Actor, delivery: int, line: int, form: DisposalForm, *, now: datetime) -> int:
    """Record what was done with the refused part of a line; returns the record's id.

    Raises Missing, Forbidden, and Refused: more than is left, destroyed without another person's witness.
    """
    if actor.person is None:
        raise Forbidden
    async with write():
        row = await delivery_of(actor.school, delivery)
        refuse_other_canteen(actor, row.canteen)
        refused = await refused_line(actor.school, delivery, line)
        left = await left_of(actor.school, refused)
        quantity = await _quantity(actor.school, refused, form, left)
        refuse_if([*_amount_findings(quantity, left), *_people_findings(actor, form, now)])
        await refuse_strange_photos(actor.school, form.photos)
        made = Disposal(
            school=actor.school,
            entered_at=now,
            entered_by=actor.person,
            line=refused.id,
            way=form.way.value,
            quantity=quantity,
            happened_at=form.happened_at or now,
            by=actor.person,
            witness=form.witness,
            taken_by=form.taken_by,
            note=form.note,
            photos=kept(form.photos),
            corrects=None,
        )
        await made.save()
        after = {"good": refused.name, "way": form.way, "quantity": quantity, "taken_by": form.taken_by}
        deed = "purchasing.dispose"
        await record(actor, deed, subject="delivery", subject_id=delivery, after=after, now=now)
    return int(made.id)


async def refused_line(school: int, delivery: int, line: int) -> DeliveryLine:
    """A line of which something was refused. Raises Missing."""
    here = (DeliveryLine.school == school) & (DeliveryLine.delivery == delivery)
    found = await DeliveryLine.objects().where(here & (DeliveryLine.id == line)).first()
    if found is None or not refused_of(found):
        raise Missing
    return found


def refused_of(line: DeliveryLine) -> int:
    """How much of a line was refused, in grams or pieces."""
    received = line.delivered if line.weighed is None else line.weighed
    return int(received - line.accepted)


async def left_of(school: int, line: DeliveryLine) -> int:
    """How much of the refused part still stands about."""
    here = (Disposal.school == school) & (Disposal.line == line.id)
    gone = await Disposal.select(Disposal.quantity).where(here).output(as_list=True)
    return refused_of(line) - int(sum(gone))


async def disposals_of(school: int, lines: Sequence[int]) -> list[dict[str, object]]:
    """What was done with the refused parts of some lines, in order."""
    if not lines:
        return []
    asked = Disposal.select(
        *Disposal.all_columns(),
        Disposal.by.name.as_alias("by_name"),
        Disposal.witness.name.as_alias("witness_name"),
    )
    here = (Disposal.school == school) & Disposal.line.is_in(list(lines))
    return list(await asked.where(here).order_by(Disposal.id))


async def _quantity(school: int, line: DeliveryLine, form: DisposalForm, left: int) -> int:
    if form.count is None:
        return left
    good = await good_of(school, line.good)
    return quantity_of(units_of(good), line.unit, form.count)


def _amount_findings(quantity: int, left: int) -> list[Finding]:
    if 0 < quantity <= left:
        return []
    message = _("That is more than is left of the refused goods.")
    return [error("more_than_refused", message, "count")]


def _people_findings(actor: Actor, form: DisposalForm, now: datetime) -> list[Finding]:
    found = []
    if form.way is Way.DESTROYED and form.witness is None:
        found.append(error("witness_missing", _("Who saw it being destroyed?"), "witness"))
    if form.witness is not None and form.witness == actor.person:
        found.append(error("same_person", _("The witness is somebody else."), "witness"))
    if form.happened_at and form.happened_at > now + timedelta(minutes=5):
        found.append(error("happened_later", _("This lies in the future."), "happened_at"))
    return found
