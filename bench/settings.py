"""The product's settings, plus three addresses that exist only here."""

from config.settings.dev import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
