"""Piccolo's view of the house: which tables belong to which migration folder."""

from pathlib import Path
from typing import Any

from piccolo.conf.apps import AppConfig, AppRegistry, table_finder

from canteen.kit.db import engine

MIGRATIONS = Path(__file__).parent.parent / "migrations"

APPS = {
    "accounts": (
        [
            "canteen.tenants.tables",
            "canteen.accounts.tables",
            "canteen.schools.tables",
            "canteen.notices.tables",
        ],
        [],
    ),
    "suppliers": (
        [
            f"suppliers.{room}.tables"
            for room in ("goods", "licences", "stock", "purchasing", "assessments", "payments")
        ],
        ["accounts"],
    ),
    "menus": (["menus.foods.tables", "menus.dishes.tables", "menus.weeks.tables"], ["suppliers"]),
}


def app_config(name: str) -> AppConfig:
    """The tables and migrations of one app; `migrations.<app>` finds it here."""
    modules, after = APPS[name]
    return AppConfig(
        app_name=name,
        migrations_folder_path=str(MIGRATIONS / name),
        table_classes=table_finder(modules),
        migration_dependencies=[f"migrations.{app}.piccolo_app" for app in after],
    )


APP_REGISTRY = AppRegistry(apps=[f"migrations.{name}.piccolo_app" for name in APPS])


def __getattr__(name: str) -> Any:
    """`DB` is whatever database the process is connected to now."""
    if name == "DB":
        return engine()
    raise AttributeError(name)
