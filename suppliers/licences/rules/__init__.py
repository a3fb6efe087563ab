"""What the law says about licence numbers, and how papers and suppliers stand on a day."""

from suppliers.licences.rules.states import Arrival, Checked, Standing

__all__ = ["Arrival", "Checked", "Standing"]
