"""Posting notices, reading them, ticking tasks off, and what the turn of a term asks for."""
