"""What a notice is, and what the turn of a term asks for."""
