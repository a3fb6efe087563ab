"""Menu × heads − stock: what to fetch for a meal, and what to buy."""
