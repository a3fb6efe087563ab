"""Suppliers, and the licences and papers of suppliers and of the canteen itself."""
