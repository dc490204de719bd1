"""Tests: closed to the outside, files in a folder of their own, quick password hashes."""

import atexit
import os
import shutil
import tempfile

if "PREAU_HOME" not in os.environ:  # pytest started by hand: bin/test gives a home, and takes it away
    os.environ["PREAU_HOME"] = tempfile.mkdtemp(prefix="preau-test-")
    atexit.register(shutil.rmtree, os.environ["PREAU_HOME"], ignore_errors=True)
if "PYTEST_XDIST_WORKER" in os.environ:  # each process has its own files
    os.environ["PREAU_HOME"] = os.path.join(os.environ["PREAU_HOME"], os.environ["PYTEST_XDIST_WORKER"])
    os.makedirs(os.environ["PREAU_HOME"], exist_ok=True)
os.environ.setdefault("PREAU_SECRET_KEY", "tests-only-" + "0123456789" * 5)

from config.settings.base import *  # noqa: E402, F403
from config.settings.base import DATABASES, TEMPLATES, read  # noqa: E402

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
ADDRESS = "http://testserver"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_LEAVES = MAIL_CAUGHT = True
OUTBOUND_LOOPBACK = True
SMS_DRIVER, SMS_SECRET = "file", "the carrier's key in tests"
PASSWORD_HASHERS = ["preau.people.hashers.QuickForTests"]
MFA_TOTP_TOLERANCE = 1  # a code about to change is taken a step more: no test waits for the next one
NEW_DEVICE_STEP = False  # each test is a new device; those of people turn it on
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_ROOT}},  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # reads no folder when a client begins: each test begins one, the rights tests forty
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "!!%s!!"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the browser tests read it from another thread, the kill tests from another process.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(read("PREAU_HOME"), "test.sqlite3")}
    # No test of this process pulls a plug: those that do start Préau in processes of its own, with its own settings.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
    # Rows that nobody sorted come backwards: a page or a test that leans on their order falls here, not one day in ten
    # on PostgreSQL.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA reverse_unordered_selects=ON;"
else:
    DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 1  # each query that a test asks twice
