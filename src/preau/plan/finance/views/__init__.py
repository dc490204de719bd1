"""What the city pays: expenses, subscriptions."""
