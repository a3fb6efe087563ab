"""Banned foods and cold dishes; the rule stands in menus.dishes.rules."""

from menus.dishes.rules.hazards import hazard_findings

__all__ = ["hazard_findings"]
