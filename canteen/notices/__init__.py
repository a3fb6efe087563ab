"""Tasks, alerts and news: what somebody at a school has to do or to know."""
