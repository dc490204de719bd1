"""Runs with no variable set: one machine, SQLite, files beside the code."""

from config.settings.base import *  # noqa: F403

DEBUG = False
