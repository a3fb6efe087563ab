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
    VersionForm,
)
from menus.weeks.forms.file import MenuLine, read_menu
from menus.weeks.forms.lines import as_line, grams_text, half_typed, read_dish, read_ingredients
from menus.weeks.forms.policy import read_policy
from menus.weeks.forms.weeks import (
    ApprovalForm,
    CopyForm,
    ImportForm,
    MealToAdd,
    NewWeek,
    PushForm,
    TakenForm,
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
    "TakenForm",
    "TemplateForm",
    "VagueForm",
    "VersionForm",
    "as_line",
    "grams_text",
    "half_typed",
    "read_dish",
    "read_ingredients",
    "read_menu",
    "read_policy",
]
