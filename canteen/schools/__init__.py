"""What a school decides: terms, meal calendar, modes, policies, duties that apply."""
