"""Tools that know no room, one topic a file."""
