"""What is printed of wishes, quotes, orders, prices and deliveries; each topic has its own file."""
