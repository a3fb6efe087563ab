"""Style sheets, scripts and pictures, held in memory under an address that changes when any of them does."""

import mimetypes
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

FIRST_STYLES = tuple(f"css/{name}.css" for name in ("tokens", "base", "layout"))
LAST_STYLE = "css/print.css"


class Assets:
    """Every static file by its path; all style sheets also as one, `all.css`."""

    def __init__(self, folder: Path) -> None:
        self.bodies: dict[str, bytes] = dict(_files(folder))
        self.bodies["all.css"] = b"\n".join(self._styles())
        self.bodies["js/htmx.js"] = (files("js_lib_htmx") / "static/htmx/htmx.min.js").read_bytes()
        digest = sha256()
        for path, body in sorted(self.bodies.items()):
            digest.update(f"{path}\0{len(body)}\0".encode() + body)
        self.digest = digest.hexdigest()[:12]

    def url(self, path: str) -> str:
        """The address of a file, which browsers may keep for ever. Raises KeyError for one we do not have."""
        if path not in self.bodies:
            raise KeyError(path)
        return f"/static/{self.digest}/{path}"

    def kind(self, path: str) -> str:
        """Its media type."""
        return mimetypes.guess_type(path)[0] or "application/octet-stream"

    def _styles(self) -> Iterator[bytes]:
        names = {path for path in self.bodies if path.startswith("css/")}
        between = sorted(names - {*FIRST_STYLES, LAST_STYLE})
        for path in (*FIRST_STYLES, *between, LAST_STYLE):
            yield self.bodies[path]


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), file.read_bytes()
