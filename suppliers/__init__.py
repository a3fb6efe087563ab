"""What is bought: goods, suppliers and their papers, stock and payments."""
