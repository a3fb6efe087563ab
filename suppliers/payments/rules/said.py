"""Sums as findings say them."""


def said_yuan(fen: int) -> str:
    """756875 is `7568.75`."""
    sign, whole, rest = "-" if fen < 0 else "", *divmod(abs(fen), 100)
    return f"{sign}{whole}.{rest:02d}"
