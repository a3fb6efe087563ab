"""What a school decides, and what follows from it: values in, answers out. No query, no clock."""
