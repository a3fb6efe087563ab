"""What people send about wishes, orders, prices and deliveries; each topic has its own file."""
