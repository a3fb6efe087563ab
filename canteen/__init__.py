"""The house itself, and the daily life of a canteen."""
