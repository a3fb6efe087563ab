"""What a school decides and asks: policies, terms, groups, meal calendar, modes, duties, prints, files."""
