"""Pages of the room, by what one comes to do."""
