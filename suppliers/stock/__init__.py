"""Lots in the store room: how they came, where they went, what is left."""
