"""Asking sellers for their prices (货比三家): keep an answer, take one back, choose. Deeds."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.names import normalised
from canteen.kit.problems import Finding, Missing, error, refuse_if
from canteen.kit.texts import _
from canteen.kit.uploads import Stored
from canteen.schools.services.uploads import keep_upload
from suppliers.goods.rules.units import amount_fen
from suppliers.licences.services import supplier_of
from suppliers.purchasing.forms.wishes import ChoiceForm, QuoteForm
from suppliers.purchasing.rules.wishes import Step
from suppliers.purchasing.services.quotes_read import quotes_of
from suppliers.purchasing.services.wishes import update_wish, wish_to
from suppliers.purchasing.tables import Quote, QuoteLine, WishLine

MOST_PHOTOS = 6


async def add_quote(
    actor: Actor, wish: int, form: QuoteForm, photos: Sequence[Stored], *, now: datetime
) -> int:
    """What a seller asks, with a photo of it (报价单 or chat); returns its id.

    Raises Missing for a wish or supplier that is not ours, and Refused: `missing` seller, price or photo,
    `quoted_twice`, `quoted_later`.
    """
    async with write():
        await wish_to(actor, wish, Step.CHANGE)
        name = await _name(actor.school, form)
        lines = await _wish_lines(actor.school, wish)
        prices = {one.line: one.price for one in form.prices}
        refuse_if(_findings(form, name, lines, photos=len(photos), today=local_day(now)))
        refuse_if(await _twice(actor.school, wish, name))
        for photo in photos:
            await keep_upload(actor, photo, now=now)
        fen = sum(amount_fen(line["count_milli"], prices[line["id"]]) for line in lines)
        row = _row(actor, form, now, wish=wish, name=name, fen=fen, photos=photos)
        await row.save()
        await QuoteLine.insert(*_quote_lines(actor, row.id, prices, now))
        after = {"seller": name, "fen": row.fen}
        await record(actor, "purchasing.add_quote", subject="wish", subject_id=wish, after=after, now=now)
    return int(row.id)


async def withdraw_quote(actor: Actor, wish: int, quote: int, *, now: datetime) -> None:
    """It was typed wrongly. Raises Missing, Refused."""
    async with write():
        await wish_to(actor, wish, Step.CHANGE)
        here = (Quote.school == actor.school) & (Quote.wish == wish) & (Quote.id == quote)
        values: dict[Any, Any] = {Quote.withdrawn_at: now, Quote.chosen: False}
        live = here & Quote.withdrawn_at.is_null()
        gone = await Quote.update(values).where(live).returning(Quote.name, Quote.fen)
        if not gone:
            raise Missing
        before = {"seller": gone[0]["name"], "fen": gone[0]["fen"]}
        await record(
            actor, "purchasing.withdraw_quote", subject="wish", subject_id=wish, before=before, now=now
        )


async def choose_quote(actor: Actor, wish: int, form: ChoiceForm, *, now: datetime) -> None:
    """Take one of the answers: its sum is what is approved. Raises Missing, Refused (`reason_missing`)."""
    async with write():
        await wish_to(actor, wish, Step.CHANGE)
        quotes = await quotes_of(actor.school, wish)
        chosen = next((one for one in quotes if one.id == form.quote), None)
        if chosen is None:
            raise Missing
        if chosen.fen > quotes[0].fen and not form.reason.strip():
            message = _("The cheapest offer was not taken: say why.")
            refuse_if([error("reason_missing", message, "reason")])
        every = (Quote.school == actor.school) & (Quote.wish == wish)
        await Quote.update({Quote.chosen: False}).where(every)
        await Quote.update({Quote.chosen: True}).where(every & (Quote.id == form.quote))
        await update_wish(actor.school, wish, {"choice_reason": form.reason, "fen": chosen.fen})
        after = {"seller": chosen.name, "fen": chosen.fen, "reason": form.reason}
        await record(actor, "purchasing.choose_quote", subject="wish", subject_id=wish, after=after, now=now)


async def _name(school: int, form: QuoteForm) -> str:
    if form.supplier is None:
        return form.name
    return str((await supplier_of(school, form.supplier)).name)


async def _wish_lines(school: int, wish: int) -> list[dict[str, Any]]:
    here = (WishLine.school == school) & (WishLine.wish == wish)
    return list(await WishLine.select().where(here).order_by(WishLine.position))


def _findings(
    form: QuoteForm, name: str, lines: Sequence[Mapping[str, Any]], *, photos: int, today: date
) -> list[Finding]:
    required, prices = _("This is required."), {one.line for one in form.prices}
    found = [
        error("missing", required, f"prices.{n}.price")
        for n, line in enumerate(lines)
        if line["id"] not in prices
    ]
    if not prices <= {line["id"] for line in lines}:
        found.append(error("not_one_of", _("These prices are for another sheet."), "prices"))
    if not name.strip():
        found.append(error("missing", required, "name"))
    if not photos:
        message = _("Take a photo of the quote: the sheet, the price tag or the message.")
        found.append(error("photo_missing", message, "photos"))
    if photos > MOST_PHOTOS:
        found.append(error("too_many", _("At most {most} photos."), "photos", most=MOST_PHOTOS))
    if form.quoted_on > today:
        found.append(error("quoted_later", _("This day lies in the future."), "quoted_on"))
    return found


async def _twice(school: int, wish: int, name: str) -> list[Finding]:
    if normalised(name) not in {normalised(one.name) for one in await quotes_of(school, wish)}:
        return []
    message = _("{seller} has answered already. Take that answer back first.")
    return [error("quoted_twice", message, "name", seller=name)]


def _row(
    actor: Actor,
    form: QuoteForm,
    now: datetime,
    *,
    wish: int,
    name: str,
    fen: int,
    photos: Sequence[Stored],
) -> Quote:
    return Quote(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        wish=wish,
        supplier=form.supplier,
        name=name,
        quoted_on=form.quoted_on,
        fen=fen,
        photos=msgspec.json.encode([photo.digest for photo in photos]).decode(),
        chosen=False,
        withdrawn_at=None,
    )


def _quote_lines(actor: Actor, quote: int, prices: Mapping[int, int], now: datetime) -> list[QuoteLine]:
    return [
        QuoteLine(
            school=actor.school,
            entered_at=now,
            entered_by=actor.person,
            quote=quote,
            wish_line=line,
            price_fen=price,
        )
        for line, price in prices.items()
    ]
