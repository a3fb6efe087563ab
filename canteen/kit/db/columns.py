"""What tables are made of: the key every row has, and the indexes a table declares for its migration."""

from typing import Any, ClassVar

from piccolo.columns import BigSerial as PiccoloBigSerial


class BigSerial(PiccoloBigSerial):
    """A 64-bit key that is never given twice: the trail names rows by it, also those that are gone.

    It keeps Piccolo's name, for Piccolo gives no default to columns of that name.
    """

    @property
    def ddl(self) -> str:
        """SQLite gives a deleted row's key again unless told not to."""
        text: str = super().ddl
        return text.replace("PRIMARY KEY", "PRIMARY KEY AUTOINCREMENT") if self._on_sqlite else text

    @property
    def _on_sqlite(self) -> bool:
        return bool(self._meta.engine_type == "sqlite")


class Row:
    """Mixin: a 64-bit key, and the indexes and checks that the table's migration freezes.

    `KEYS` holds `unique(…)` and `index(…)`, `CHECKS` SQL conditions by name. Piccolo cannot declare them over
    several columns on both engines, so migrations carry them as SQL (kit.db.schema). `FROZEN` makes rows stay
    as they were written: it names the columns that may still be set once, while they are null; every other
    change and every deletion is refused by the database. None leaves the table free.
    """

    id = BigSerial(primary_key=True)
    KEYS: ClassVar[tuple["Key", ...]] = ()
    CHECKS: ClassVar[dict[str, str]] = {}
    FROZEN: ClassVar[tuple[str, ...] | None] = None


class Key(tuple[str, ...]):
    """Column names of one index; `unique` tells its kind, `where` the rows it covers."""

    unique: bool
    where: str

    def __new__(cls, columns: tuple[str, ...], unique: bool, where: str = "") -> "Key":
        self = super().__new__(cls, columns)
        self.unique, self.where = unique, where
        return self

    def sql(self, table: str) -> str:
        """The statement that makes it, the same on both engines."""
        kind = "UNIQUE INDEX" if self.unique else "INDEX"
        name = "_".join((table, *self, "key" if self.unique else "idx"))[:63]
        columns = ", ".join(f'"{column}"' for column in self)
        where = f" WHERE {self.where}" if self.where else ""
        return f'CREATE {kind} "{name}" ON "{table}" ({columns}){where}'


def unique(*columns: str, where: str = "") -> Key:
    """A unique index; with `where` only over the rows it names."""
    return Key(columns, unique=True, where=where)


def index(*columns: str, where: str = "") -> Key:
    """An index for reading."""
    return Key(columns, unique=False, where=where)


def keys_of(table: Any) -> list[str]:
    """The statements for all indexes of a table."""
    return [key.sql(table._meta.tablename) for key in table.KEYS]


def frozen_of(table: Any) -> list[tuple[str, list[str], list[str]]]:
    """What a migration keeps of `FROZEN`: table, columns that never change, columns that are set once."""
    if table.FROZEN is None:
        return []
    names = [column._meta.name for column in table._meta.columns]
    fixed = [name for name in names if name not in table.FROZEN]
    return [(table._meta.tablename, fixed, list(table.FROZEN))]
