"""The pages of the city, of a site, of a class and a school."""
