"""The board of the class, the tablet, the pupil on it."""
