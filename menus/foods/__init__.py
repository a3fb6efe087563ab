"""Composition and groups of what is cooked."""
