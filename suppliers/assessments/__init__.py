"""The yearly assessment of suppliers from what they really delivered."""
