"""The weekly menu: its rules, approval, publication and poster."""
