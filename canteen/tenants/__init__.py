"""Districts, central schools, schools and canteens: the tenants of the house."""
