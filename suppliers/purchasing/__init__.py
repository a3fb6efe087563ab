"""From what is wanted to what came through the door: plans, quotes, orders, goods-in inspection."""
