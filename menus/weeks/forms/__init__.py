"""What people send about a weekly menu: menu files, policy files, dishes and weeks."""

from menus.weeks.forms.dishes import (
    DishForm,
    IngredientForm,
    LineForm,
    MealForm,
    MendForm,
    MoveForm,
    QuickForm,
    ReasonForm,
    SwapForm,
    VagueForm,
)
from menus.weeks.forms.file import MenuLine, read_menu
from menus.weeks.forms.lines import as_line, grams_text, read_dish, read_ingredients
from menus.weeks.forms.policy import read_policy
from menus.weeks.forms.weeks import (
    ApprovalForm,
    CopyForm,
    ImportForm,
    MealToAdd,
    NewWeek,
    PushForm,
    TemplateForm,
)

__all__ = [
    "ApprovalForm",
    "CopyForm",
    "DishForm",
    "ImportForm",
    "IngredientForm",
    "LineForm",
    "MealForm",
    "MealToAdd",
    "MendForm",
    "MenuLine",
    "MoveForm",
    "NewWeek",
    "PushForm",
    "QuickForm",
    "ReasonForm",
    "SwapForm",
    "TemplateForm",
    "VagueForm",
    "as_line",
    "grams_text",
    "read_dish",
    "read_ingredients",
    "read_menu",
    "read_policy",
]
