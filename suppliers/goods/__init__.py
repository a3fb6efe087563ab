"""The catalogue of what can be bought, and which papers each kind needs."""
