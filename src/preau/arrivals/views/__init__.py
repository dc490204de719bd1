"""Pages of arrivals, by audience."""
