"""What people do with a weekly menu and ask of it, one topic a file."""
