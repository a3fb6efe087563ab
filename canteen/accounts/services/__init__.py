"""What people do with accounts, and what others ask: one topic a file."""
