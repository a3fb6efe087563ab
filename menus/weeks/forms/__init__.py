"""What people send about a weekly menu: menu files and policy files."""

from menus.weeks.forms.file import MenuLine, read_menu
from menus.weeks.forms.policy import read_policy

__all__ = ["MenuLine", "read_menu", "read_policy"]
