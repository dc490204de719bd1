"""Pages of the inventory: read, write one asset, receive, label, count, import."""
