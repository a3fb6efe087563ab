"""Write the migration that creates tables: `python -m migrations.new APP NNNN WHAT module:Table[,module:Table…]`."""

import importlib
import sys
from itertools import chain
from pathlib import Path

import black
from piccolo import __VERSION__
from piccolo.apps.migrations.auto import DiffableTable, SchemaDiffer

from canteen.kit.db.columns import frozen_of, keys_of

TEMPLATE = '''"""{description}"""

{imports}

from canteen.kit.db.schema import Migration

{definitions}

ID = "{number}"
VERSION = "{version}"
DESCRIPTION = "{description}"

KEYS = {keys!r}
CHECKS = {checks!r}
{frozen}

async def forwards() -> Migration:
    manager = Migration(
        migration_id=ID, app_name="{app}", description=DESCRIPTION, keys=KEYS, checks=CHECKS{frozen_argument}
    )
{statements}
    return manager
'''


def tables_named(names: str) -> list:
    """Table classes of `module:Table,module:Table`."""
    pairs = [name.split(":") for name in names.split(",")]
    return [getattr(importlib.import_module(module), table) for module, table in pairs]


def diffable(table) -> DiffableTable:
    """A table as Piccolo's differ wants it."""
    meta = table._meta
    return DiffableTable(
        class_name=table.__name__,
        tablename=meta.tablename,
        columns=meta.non_default_columns,
        constraints=meta.constraints,
        schema=meta.schema,
    )


def rendered(app: str, number: str, what: str, tables: list) -> str:
    """The text of the migration file."""
    alters = SchemaDiffer(schema=[diffable(t) for t in tables], schema_snapshot=[]).get_alter_statements()
    frozen = list(chain(*map(frozen_of, tables)))
    text = TEMPLATE.format(
        imports="\n".join(sorted({repr(i) for a in alters for i in a.extra_imports})),
        definitions="\n\n".join(sorted({repr(d) for a in alters for d in a.extra_definitions})),
        description=f"Create {what}",
        number=f"{app}_{number}_{what}",
        version=__VERSION__,
        app=app,
        keys=list(chain(*map(keys_of, tables))),
        checks=[(t._meta.tablename, n, c) for t in tables for n, c in t.CHECKS.items()],
        frozen=f"FROZEN = {frozen!r}\n" if frozen else "",
        frozen_argument=", frozen=FROZEN" if frozen else "",
        statements="\n".join(f"    {line}" for a in alters for s in a.statements for line in s.splitlines()),
    )
    return black.format_str(text, mode=black.FileMode(line_length=110))


def main(app: str, number: str, what: str, names: str) -> None:
    """Write the file beside the others of its app."""
    file = Path(__file__).parent / app / f"{app}_{number}_{what}.py"
    file.write_text(rendered(app, number, what, tables_named(names)), encoding="utf-8")
    print(file.name)


if __name__ == "__main__":
    main(*sys.argv[1:])
