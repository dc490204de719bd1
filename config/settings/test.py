"""Tests: closed to the outside, files in a folder of their own, quick password hashes."""

import os
import tempfile

os.environ.setdefault("PREAU_HOME", tempfile.mkdtemp(prefix="preau-test-"))
if "PYTEST_XDIST_WORKER" in os.environ:  # each process has its own files
    os.environ["PREAU_HOME"] = os.path.join(os.environ["PREAU_HOME"], os.environ["PYTEST_XDIST_WORKER"])
    os.makedirs(os.environ["PREAU_HOME"], exist_ok=True)
os.environ.setdefault("PREAU_SECRET_KEY", "tests-only-" + "x" * 40)

from config.settings.base import *  # noqa: E402, F403
from config.settings.base import DATABASES, TEMPLATES, read  # noqa: E402

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["preau.people.hashers.QuickForTests"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_ROOT}},  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "!!%s!!"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the browser tests read it from another thread, the kill tests from another process.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(read("PREAU_HOME"), "test.sqlite3")}
