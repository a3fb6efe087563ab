"""How a call of the JSON API is described in the OpenAPI document.

Forms are parsed by kit.forms, which shows every error at once, and lists are read from the address; neither
stands in a handler's signature, where the framework would look for it. So an operation is told of them here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import (
    OpenAPIMediaType,
    OpenAPIType,
    Operation,
    Parameter,
    RequestBody,
    Schema,
)
from litestar.params import HeaderParameter, PathParameter

from canteen.kit.pages.listing import LARGEST_ID, MOST, PAGE_SIZE

PathId = Annotated[int, PathParameter(ge=1, le=LARGEST_ID)]
"""An id in an address."""

Id = Annotated[
    int, msgspec.Meta(ge=1, le=LARGEST_ID, extra_json_schema={"type": "string", "pattern": "^[1-9]"})
]
"""An id in a body: text in JSON."""

IdempotencyKey = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        max_length=255,
        description="The same key with the same body gets the stored answer for 48 hours, another body 422.",
    ),
]


class ProblemFinding(msgspec.Struct, frozen=True):
    """One thing that is wrong: `rule` is the stable id, `at` the field or line, `facts` what `text` says."""

    rule: str
    level: Literal["error", "warning", "advice"]
    text: str
    at: str
    facts: dict[str, Any]


class Problem(msgspec.Struct, frozen=True):
    """Why a call was refused (RFC 9457, `application/problem+json`)."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    findings: list[ProblemFinding] = []


def _refusal(description: str) -> ResponseSpec:
    return ResponseSpec(
        Problem, generate_examples=False, description=description, media_type="application/problem+json"
    )


REFUSALS = {
    400: _refusal("The address or a header cannot be read."),
    401: _refusal("Neither a session nor a key that is valid."),
    403: _refusal("The caller's role does not allow it."),
    404: _refusal("There is no such thing in this school."),
}
REFUSED_DEEDS = {
    **REFUSALS,
    409: _refusal("Somebody else was first; look again."),
    413: _refusal("The body is too large."),
    422: _refusal("Rules are broken; `findings` says all of them. Nothing was saved."),
}


def operation(
    *,
    takes: type[msgspec.Struct] | None = None,
    with_file: type[msgspec.Struct] | None = None,
    asks: Mapping[str, str] | None = None,
) -> type[Operation]:
    """The class of an operation's description.

    `takes` is the form sent as JSON, `with_file` the options sent beside a `file` as multipart form, `asks`
    what may stand in the address, with what it means.
    """

    @dataclass
    class Described(Operation):
        def __post_init__(self) -> None:
            self.parameters = [*(self.parameters or []), *map(_asked, (asks or {}).items())] or None
            self.request_body = _body(takes, with_file)

    return Described


def listed(filters: Mapping[str, str], *, searched: bool = False) -> dict[str, str]:
    """What a list may be asked: its filters, `q` where it is searched, `limit` and `cursor`."""
    q = {"q": "Text to search for."} if searched else {}
    limit = f"How many at most: 1 to {MOST}, {PAGE_SIZE} when left out."
    return {**q, **filters, "limit": limit, "cursor": "`next` of the page before."}


def _asked(parameter: tuple[str, str]) -> Parameter:
    name, description = parameter
    schema = Schema(type=OpenAPIType.STRING)
    return Parameter(name=name, param_in="query", schema=schema, description=description)


def _body(takes: type[msgspec.Struct] | None, with_file: type[msgspec.Struct] | None) -> RequestBody | None:
    content = {}
    if takes:
        content["application/json"] = OpenAPIMediaType(schema=schema_of(takes))  # type: ignore[arg-type]
    if with_file:
        content["multipart/form-data"] = OpenAPIMediaType(schema=_file_schema(with_file))  # type: ignore[arg-type]
    return RequestBody(content=content, required=True) if content else None


def _file_schema(options: type[msgspec.Struct]) -> dict[str, Any]:
    schema = schema_of(options)
    file = {"type": "string", "contentMediaType": "application/octet-stream"}
    required = [*schema.get("required", ()), "file"]
    return {**schema, "properties": {"file": file, **schema["properties"]}, "required": required}


def schema_of(form: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON Schema of a form, complete in itself."""
    (schema,), parts = msgspec.json.schema_components([form], ref_template="{name}")
    made: dict[str, Any] = _whole(schema, parts)
    return made


def _whole(schema: Any, parts: Mapping[str, Any]) -> Any:
    """The schema with each reference replaced by what it refers to. Forms do not hold themselves."""
    if isinstance(schema, Mapping):
        if "$ref" in schema:
            return _whole(parts[schema["$ref"]], parts)
        return {key: _whole(value, parts) for key, value in schema.items()}
    if isinstance(schema, Sequence) and not isinstance(schema, str):
        return [_whole(item, parts) for item in schema]
    return schema
