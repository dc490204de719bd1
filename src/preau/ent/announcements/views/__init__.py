"""The pages of announcements, by who opens them."""
