"""Pages of messages: reading, writing, reporting."""
