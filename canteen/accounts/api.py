"""What every call of the JSON API shares: `@api_get` and `@api_post` for the handlers of all rooms.

@api_get("/api/v1/dishes", "dishes.read", asks=listed({"kind": "…"}))
@api_post("/api/v1/dishes", "dishes.edit", takes=DishForm)

Both say who may and describe the call in the OpenAPI document. A POST with an Idempotency-Key is done once:
called again it gets the stored answer, with `Idempotent-Replayed: true`.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial, wraps
from hashlib import sha256
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.handlers import HTTPRouteHandler

from canteen.accounts.services.answers import Answer, Call, answer_once
from canteen.accounts.services.sessions import SignedIn
from canteen.kit.actor import Actor
from canteen.kit.described import REFUSALS, REFUSED_DEEDS, IdempotencyKey, operation

AnyRequest = Request[Any, Any, Any]
Handler = Callable[..., Awaitable[Any]]


def api_get(
    path: str, may: str, *, asks: Mapping[str, str] | None = None
) -> Callable[[Handler], HTTPRouteHandler]:
    """A handler that looks. `asks` names what may stand in the address."""

    def made(handler: Handler) -> HTTPRouteHandler:
        told = _told(path, may, handler)
        return get(path, operation_class=operation(asks=asks), responses=REFUSALS, **told)(handler)

    return made


def api_post(
    path: str,
    may: str,
    *,
    takes: type[msgspec.Struct] | None = None,
    with_file: type[msgspec.Struct] | None = None,
    status: int = 201,
) -> Callable[[Handler], HTTPRouteHandler]:
    """A handler that does one deed, once for each Idempotency-Key.

    `takes` is the form it reads as JSON, `with_file` the options beside a `file` in a multipart form.
    """

    def made(handler: Handler) -> HTTPRouteHandler:
        told = _told(path, may, handler)
        described = operation(takes=takes, with_file=with_file)
        route = post(path, status_code=status, operation_class=described, responses=REFUSED_DEEDS, **told)
        return route(_once(handler, status))

    return made


def signed_in(request: AnyRequest) -> SignedIn:
    """Whoever makes the call, behind the guard that has let them in."""
    user: SignedIn = request.scope["user"]
    return user


def _told(path: str, may: str, handler: Handler) -> dict[str, Any]:
    """Who may, and what the docstring says; `/api/v1/menus/{week:int}/check` is about menus."""
    said = inspect.cleandoc(handler.__doc__ or "")
    summary = said.partition("\n")[0].rstrip(".")
    return {"opt": {"may": may}, "tags": [path.split("/")[3]], "summary": summary, "description": said}


def _once(handler: Handler, status: int) -> Handler:
    """The handler, done once for each key; it is given what its own signature names."""
    own = inspect.signature(handler)
    shared = {
        "request": AnyRequest,
        "actor": NamedDependency[Actor],
        "now": NamedDependency[datetime],
        "idempotency_key": IdempotencyKey,
    }

    @wraps(handler)
    async def once(**given: Any) -> Any:
        do = partial(handler, **{name: given[name] for name in own.parameters})
        if not given["idempotency_key"]:
            return await do()
        call = await _call(given["request"], given["actor"], given["idempotency_key"])
        return _response(await answer_once(call, partial(_answered, do, status), now=given["now"]))

    _sign(once, own, shared)
    return once


def _sign(once: Any, own: inspect.Signature, shared: Mapping[str, Any]) -> None:
    """Tell the framework what to hand in: what the handler takes, and what `once` needs itself."""
    kind = inspect.Parameter.KEYWORD_ONLY
    more = [
        inspect.Parameter(name, kind, annotation=annotation, default=_default(name))
        for name, annotation in shared.items()
        if name not in own.parameters
    ]
    mine = [parameter.replace(kind=kind) for parameter in own.parameters.values()]
    once.__signature__ = own.replace(parameters=[*mine, *more])
    once.__annotations__ = {**once.__annotations__, **shared}


def _default(name: str) -> Any:
    return None if name == "idempotency_key" else inspect.Parameter.empty


async def _answered(do: Callable[[], Awaitable[Any]], status: int) -> Answer:
    return Answer(status, msgspec.json.encode(await do()).decode())


def _response(answer: Answer) -> Response[bytes]:
    headers = {"Idempotent-Replayed": "true"} if answer.replayed else {}
    return Response(
        answer.body.encode(), status_code=answer.status, media_type="application/json", headers=headers
    )


async def _call(request: AnyRequest, actor: Actor, key: str) -> Call:
    whose = f"key {actor.key}" if actor.key else f"person {actor.person} device {actor.device}"
    return Call(actor.school, whose, request.scope["path"], key, await _body_digest(request))


async def _body_digest(request: AnyRequest) -> str:
    """A digest of what is sent. Of a multipart form the fields count, not the boundary between them."""
    sent = sha256(request.scope["query_string"] + b"\n")
    if request.content_type[0] != RequestEncodingType.MULTI_PART:
        sent.update(await request.body())
        return sent.hexdigest()
    for name, value in (await request.form()).multi_items():
        data = await _read_again(value) if isinstance(value, UploadFile) else str(value).encode()
        sent.update(f"{name} {getattr(value, 'filename', '')} {len(data)}\n".encode() + data)
    return sent.hexdigest()


async def _read_again(file: UploadFile) -> bytes:
    data = await file.read()
    await file.seek(0)
    return data


routes: list[Any] = []  # people and keys are kept on pages only
