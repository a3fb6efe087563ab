"""What is cooked: foods, dishes and the weekly menus."""
