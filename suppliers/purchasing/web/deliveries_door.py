"""The counter: the form of a delivery, what it says while one types, and the deeds that end it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, fragment, language, page, redirect, show_again
from canteen.kit.texts import _, say
from canteen.schools.services.policies import policy
from canteen.schools.services.uploads import keep_file
from canteen.tenants.services import canteens_of
from suppliers.purchasing.forms.deliveries import (
    DeliveryForm,
    RefusalForm,
    SecondForm,
)
from suppliers.purchasing.rules import STOPS
from suppliers.purchasing.services import deliveries
from suppliers.purchasing.services.expected import open_orders, standing_plan
from suppliers.purchasing.web.deliveries_typed import finder, read_typed
from suppliers.purchasing.web.deliveries_words import (
    FORMS,
    KEEP,
    NAMES,
    READ,
    RECEIVE,
    AnyRequest,
    choices,
)

BLANK_LINES = 4
DONE = {
    "accepted": _("{number} is accepted: it is in the store."),
    "part": _("{number} is accepted in part. Say what becomes of the refused goods."),
    "refused": _("{number} is refused. Say what becomes of the goods."),
    "provisional": _("{number} is taken in provisionally: the lots are locked, the principal is asked."),
}


@get("/deliveries/new", opt=RECEIVE)
async def new_delivery(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """A blank form, or one with what an order (`?order=`) says is to come."""
    asked = str(request.query_params.get("order", ""))
    typed = await deliveries.from_order(actor.school, int(asked)) if asked.isdecimal() else {}
    return await _door(request, actor, now, {**typed, "client_id": str(uuid4())})


@post("/deliveries/new", opt=RECEIVE)
async def send_delivery(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Keep it as a draft, accept it, take it in provisionally, or refuse it."""
    show_again(request, partial(_typed_door, request, actor, now, None))
    return await _done(request, actor, now, None)


@get("/deliveries/{delivery:int}/edit", opt=RECEIVE)
async def edit_draft(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], delivery: PathId
) -> Page:
    """A draft, as far as it was typed."""
    row = await deliveries.draft_of(actor.school, delivery)
    return await _door(request, actor, now, deliveries.typed_of(row), draft=row)


@post("/deliveries/{delivery:int}/edit", opt=RECEIVE)
async def send_draft(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], delivery: PathId
) -> Page:
    """Keep the draft, or end it."""
    show_again(request, partial(_typed_door, request, actor, now, delivery))
    return await _done(request, actor, now, delivery)


@get("/deliveries/{delivery:int}/correct", opt=RECEIVE)
async def correct_page(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], delivery: PathId
) -> Page:
    """A decided delivery as it stands, to be corrected."""
    typed = await deliveries.as_typed(actor, delivery, anew=False, now=now)
    return await _door(request, actor, now, typed, corrects=delivery)


@post("/deliveries/{delivery:int}/correct", opt=RECEIVE)
async def correct(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], delivery: PathId
) -> Page:
    """Put what is right in the place of what was wrong."""

    async def again() -> Page:
        return await _door(request, actor, now, request.state.typed, corrects=delivery)

    show_again(request, again)
    typed = await read_typed(request, actor, now=now)
    form, second = parse(DeliveryForm, typed), parse(SecondForm, typed)
    made = await deliveries.correct(actor, delivery, form, second, str(typed.get("reason", "")), now=now)
    return await _shown(request, actor, made)


async def _done(request: AnyRequest, actor: Actor, now: datetime, draft: int | None) -> Page:
    typed = await read_typed(request, actor, now=now)
    deed = typed.get("deed", "draft")
    if deed not in ("accept", "provisional", "refuse"):
        return await _kept(request, actor, now, draft, typed)
    form, second = parse(DeliveryForm, typed), parse(SecondForm, typed)
    if deed == "refuse":
        reason = parse(RefusalForm, typed)
        made = await deliveries.refuse(actor, form, reason, second, draft=draft, now=now)
    else:
        end = deliveries.accept if deed == "accept" else deliveries.take_in
        made = await end(actor, form, second, draft=draft, now=now)
    return await _shown(request, actor, made)


async def _kept(
    request: AnyRequest, actor: Actor, now: datetime, draft: int | None, typed: Mapping[str, Any]
) -> Page:
    if draft is None:
        draft, _version = await deliveries.save_draft(actor, typed, now=now)
    else:
        version = str(typed.get("version", ""))
        seen = int(version) if version.isdecimal() else None
        await deliveries.change_draft(actor, draft, typed, version=seen, now=now)
    return redirect(request, f"/deliveries/{draft}/edit", _("The draft is kept. Go on whenever you like."))


async def _shown(request: AnyRequest, actor: Actor, delivery: int) -> Page:
    row = await deliveries.delivery_of(actor.school, delivery)
    return redirect(request, f"/deliveries/{delivery}", DONE[row.state], number=row.number)


async def _typed_door(request: AnyRequest, actor: Actor, now: datetime, draft: int | None) -> Page:
    """The form as it was sent, with what is wrong at its fields."""
    row = await deliveries.draft_of(actor.school, draft) if draft else None
    return await _door(request, actor, now, request.state.typed, draft=row)


async def _door(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    typed: Mapping[str, Any],
    *,
    draft: Any = None,
    corrects: int | None = None,
) -> Page:
    today, canteens = local_day(now), await canteens_of(actor.school)
    goods = await deliveries.goods_at_hand(actor.school, today)
    old = await deliveries.delivery_of(actor.school, corrects) if corrects else None
    return await page(
        request,
        "purchasing/door.html",
        draft=draft,
        old=old,
        plain=bool(old and deliveries.is_plain(old, actor.person, now)),
        value=finder(typed),
        count=len(typed.get("lines") or []),
        blank=BLANK_LINES if not typed.get("lines") else 1,
        papers=_paper_rows(typed),
        look=await deliveries.look_typed(actor, typed, now=now),
        goods=goods,
        units=_units(goods),
        unit="斤" if await policy(actor.school, "weight_unit", today) == "jin" else "公斤",
        sellers=[(str(one.id), one.name) for one in await deliveries.sellers_at_hand(actor.school)],
        stop_rules=STOPS,
        swapped=False,
        checkers=await deliveries.checkers(actor.school, today, but=actor.person),
        canteens=[(str(one.id), one.name) for one in canteens],
        orders=await open_orders(actor.school, None, today),
        plan=await standing_plan(actor.school, canteens[0].id, today),
        choices={name[:-6]: choices(request, names) for name, names in NAMES.items() if name != "tones"},
        today=today,
        **NAMES,
    )


def _units(goods: list[dict[str, Any]]) -> list[str]:
    """Every unit that any good comes in, those that all know first."""
    return list(dict.fromkeys(["斤", "公斤", "个", *(unit for good in goods for unit in good["units"])]))


def _paper_rows(typed: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    rows = typed.get("papers") or []
    every = list(rows.values()) if isinstance(rows, Mapping) else rows
    return [row for row in every if isinstance(row, Mapping)]


@post("/deliveries/look", opt={**RECEIVE, "looks": True}, status_code=200)
async def look(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """The seller's state and the checklist of papers for what is typed so far; nothing is kept."""
    typed = await read_form(request)
    rows = typed.get("lines")
    lines = [one for one in (rows.values() if isinstance(rows, Mapping) else []) if isinstance(one, Mapping)]
    kept = {**typed, "lines": [line for line in lines if line.get("name") or line.get("good")]}
    return await fragment(
        request,
        "purchasing/_look.html",
        look=await deliveries.look_typed(actor, kept, now=now),
        value=finder(typed),
        papers=_paper_rows(typed),
        choices={"form": choices(request, FORMS), "paper": choices(request, NAMES["paper_names"])},
        swapped=True,
        **NAMES,
    )


@post("/deliveries/draft", opt=KEEP, status_code=200)
async def autosave(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> dict[str, Any]:
    """Keep what is being typed, every few seconds; answers the draft's id and version."""
    typed = await read_typed(request, actor, now=now)
    wanted, version = str(typed.get("draft", "")), str(typed.get("version", ""))
    if wanted.isdecimal():
        seen = int(version) if version.isdecimal() else None
        kept = await deliveries.change_draft(actor, int(wanted), typed, version=seen, now=now)
        return {"id": wanted, "version": kept}
    id_, made = await deliveries.save_draft(actor, typed, now=now)
    return {"id": str(id_), "version": made}


@post("/deliveries/photos", opt=KEEP, status_code=200)
async def take_photo(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> dict[str, Any]:
    """Keep a photo before the delivery is; answers its digest."""
    sent = (await read_form(request)).get("photo")
    data = await sent.read() if isinstance(sent, UploadFile) else b""
    stored = await keep_file(data, request.app.state.data_dir)
    [digest] = await deliveries.keep_photos(actor, [stored], now=now)
    return {"digest": digest}


@get("/deliveries/goods.json", opt=READ)
async def goods_json(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[Any]:
    """The goods as the counter's script needs them: names, units, what is looked at, the usual price."""
    lang = language(request)
    senses = {check: say(lang, name) for check, name in NAMES["sense_names"].items()}
    goods = await deliveries.goods_at_hand(actor.school, local_day(now))
    return Response({"goods": goods, "senses": senses}, headers={"Cache-Control": "private, no-store"})


@post("/deliveries/{delivery:int}/drop", opt=RECEIVE)
async def drop(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], delivery: PathId
) -> Page:
    """Throw a draft away."""
    await deliveries.drop_draft(actor, delivery, now=now)
    return redirect(request, "/deliveries", _("The draft is gone."))


@post("/deliveries/{delivery:int}/copy", opt=RECEIVE)
async def copy(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], delivery: PathId
) -> Page:
    """Begin today's delivery from a past one."""
    draft = await deliveries.duplicate(actor, delivery, now=now)
    return redirect(request, f"/deliveries/{draft}/edit", _("Begun from the past one: weigh and look anew."))


routes: list[Any] = [
    new_delivery,
    send_delivery,
    edit_draft,
    send_draft,
    correct_page,
    correct,
    look,
    autosave,
    take_photo,
    goods_json,
    drop,
    copy,
]
