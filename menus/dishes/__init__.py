"""Recipes: raw grams per head."""
