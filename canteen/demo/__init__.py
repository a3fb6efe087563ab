"""One believable school week for two schools and their district."""
