"""Settings shared by every way of running Préau. The environment is read in this package and nowhere else.

Each variable is described in docs/operations.md; tests/house/test_settings.py compares the two lists.
"""

import os
import secrets
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

from config.rooms import ROOMS
from config.settings.home import open_home

ROOT = Path(__file__).resolve().parents[2]


def read(name, default=""):
    """One variable of the environment, stripped."""
    return os.environ.get(name, default).strip()


HOME = open_home(Path(read("PREAU_HOME") or ROOT / "var").resolve())
HTTPS = read("PREAU_HTTPS") == "on"
ALLOWED_HOSTS = [host for host in read("PREAU_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
DEFAULT_CITY = read("PREAU_CITY")
# Where mails lead; `bin/serve` gives its own, with its port, when nothing says better.
ADDRESS_IS_SAID = bool(read("PREAU_ADDRESS"))
ADDRESS = read("PREAU_ADDRESS").rstrip("/") or f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0].lstrip('.')}"
FILES_ORIGIN = read("PREAU_FILES_ORIGIN").rstrip("/")
SCHOOL_FILES_BYTES = int(read("PREAU_SCHOOL_FILES_GB") or 5) * 1024**3  # of all that the people of one school send
CLAMD = read("PREAU_CLAMD")  # the antivirus: a Unix socket, or host:port
FILES_ROOT = HOME / "files"
SPOOL_ROOT = HOME / "spool"
BUILD_ROOT = ROOT / "build"
# Under this rate for each post of a mobile class in use, the plan warns (plan.md AC-14).
TERMINAL_KBPS_WARNING = int(read("PREAU_TERMINAL_KBPS_WARNING") or 500)
# Slow visitors (decision 0021): the most a body may take, its mean rate past 64 KB, and who reads nothing of an answer.
BODY_SECONDS = int(read("PREAU_BODY_SECONDS") or 1800)
BODY_KB_PER_SECOND = int(read("PREAU_BODY_KB_PER_SECOND") or 16)
SILENT_SECONDS = int(read("PREAU_SILENT_SECONDS") or 60)
WEB_WORKERS = int(read("PREAU_WEB_WORKERS") or os.cpu_count() or 1)


def banner():
    """A sentence for the top of every page, read from the home at start; `preau demo` writes one."""
    path = HOME / "banner.txt"
    return path.read_text(encoding="utf-8").strip()[:120] if path.exists() else ""


BANNER = banner()


# A demo's people share their passwords with whoever looks: there, a new device is not asked to show more.
NEW_DEVICE_STEP = (read("PREAU_NEW_DEVICE_STEP") or ("off" if BANNER else "on")) == "on"


def secret_key():
    """The key given by PREAU_SECRET_KEY, else one made once and kept in the home, readable by its owner only.

    Made when something is first signed: a refused restore leaves an empty home empty, and one that succeeds brings
    its own key.
    """
    given = read("PREAU_SECRET_KEY")
    if given:
        return given
    path = HOME / "secret_key"
    if not path.exists():
        part = path.with_suffix(f".{os.getpid()}")
        part.touch(mode=0o600)
        part.write_text(secrets.token_urlsafe(48))
        try:
            os.link(part, path)
        except FileExistsError:
            pass
        part.unlink()
    return path.read_text()


if (given := read("PREAU_SECRET_KEY")) and (len(given) < 50 or len(set(given)) < 10):
    raise ImproperlyConfigured(
        "PREAU_SECRET_KEY est trop courte ou trop simple\u00a0: donnez 50 signes tirés au hasard, ou ne la donnez pas "
        "et Préau en fera une."
    )
SECRET_KEY = SimpleLazyObject(secret_key)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *[
        f"preau.{room}" for room in ROOMS
    ],  # before Django's forms and allauth: our pages and pieces come before their own
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "preau.ent.lessons.middleware.Pulse",
    "preau.kit.middleware.SecurityHeaders",
    "preau.kit.files.FilesOrigin",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "preau.ent.sites.middleware.PublicPageCache",
    "preau.insight.usage.middleware.CountVisits",
    "preau.kit.middleware.CompressedPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "preau.people.middleware.CurrentPerson",
    "preau.people.middleware.ReadingLanguage",
    "preau.web.middleware.PageForEveryAddress",
    "preau.web.middleware.PageOfConflict",
    "preau.web.middleware.RefusedBody",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "preau.web.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "preau.kit.templatetags.kit"],
        },
    }
]

SQLITE_OPTIONS = {
    # Writers queue at the start of a transaction instead of failing in its middle; FULL keeps what was acknowledged.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # Statements that each connection keeps ready, 128 unless told: the pages of a day ask more than that between them,
    # and SQLite then reads the SQL of a page again at each visit (1 to 3 ms). With 256, a web process passes 100 MB.
    "cached_statements": 192,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-500; PRAGMA temp_store=MEMORY;"
    ),
}
DATABASES = {
    "default": dj_database_url.parse(
        read("PREAU_DATABASE_URL") or f"sqlite:///{HOME / 'preau.sqlite3'}", conn_max_age=None
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    # After a restart of the server, each thread finds that its connection is dead before it answers a page with it.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A query that comes back is planned once: most of what PostgreSQL spends on a page is its plans (docs/bench.md).
    # It compiles none: it took 2.3 s to compile a query that reads a few rows and whose cost it thinks is high.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5, "server_side_binding": True, "prepare_threshold": 5, "options": "-c jit=off",
        **DATABASES["default"].get("OPTIONS", {}),
    }  # fmt: skip
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kit_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "fr"
# Families may read in these (people/languages.py); what is not of a family's pages is French.
LANGUAGES = [
    ("fr", "français"), ("ar", "العربية"), ("en", "English"), ("es", "español"), ("pt", "português"), ("tr", "Türkçe"),
    ("uk", "українська"),
]  # fmt: skip
LANGUAGE_COOKIE_NAME = "__Host-preau-langue" if HTTPS else "preau-langue"
CATALOGUES_ROOT = ROOT / "locale"
LOCALE_PATHS = [BUILD_ROOT / "locale"]  # compiled by preau.kit.spoken.catalogues
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
FORM_RENDERER = "preau.kit.forms.Renderer"
STATIC_URL = "/static/"
STATIC_ROOT = BUILD_ROOT / "static"
STATICFILES_DIRS = [BUILD_ROOT / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_ROOT}},
    "staticfiles": {"BACKEND": "preau.kit.serving.sheets.BareManifestStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["preau.people.backends.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
CARD_REDIRECT_URL = "lessons:at_home"  # a pupil at home, without account
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "preau.people.hashers.SizedArgon2",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "preau.people.passwords.LengthRule"},
    {"NAME": "preau.people.passwords.CommonRule"},
    {"NAME": "preau.schools.passwords.FamilyWordsRule"},
]
ACCOUNT_ADAPTER = "preau.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "identifier"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None  # asked at the door: « cet appareil est à moi »
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session stays, the others end
# Counted per account in our own table (people/actions/throttle.py): by address, a school would lock itself out.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "preau.people.forms.EntryForm",
    "reauthenticate": "preau.people.forms.ConfirmPasswordForm",
    "change_password": "preau.people.forms.ChangePasswordForm",
}
MFA_FORMS = {
    "authenticate": "preau.people.forms.SecondFactorForm",
    "reauthenticate": "preau.people.forms.ConfirmFactorForm",
    "activate_totp": "preau.people.forms.SetUpFactorForm",
    "add_webauthn": "preau.people.forms.PasskeyForm",
}
MFA_ADAPTER = "preau.people.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"] + (["webauthn"] if HTTPS else [])
MFA_TOTP_ISSUER = "Préau"

SESSION_ENGINE = "preau.people.backends"
SESSION_COOKIE_NAME = "__Host-preau" if HTTPS else "preau"
SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-preau-csrf" if HTTPS else "preau-csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "preau.web.views.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = read("PREAU_SMTP_HOST")
EMAIL_PORT = int(read("PREAU_SMTP_PORT") or 25)
EMAIL_TIMEOUT = 20  # seconds: a relay that hangs must not hold the worker
# A demo without a relay keeps its mails in the home, and a page reads them (preau.kit.mail.caught).
MAIL_CAUGHT = bool(BANNER) and not EMAIL_HOST
EMAIL_FILE_PATH = HOME / "mails"
if MAIL_CAUGHT:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
MAIL_LEAVES = bool(EMAIL_HOST) or MAIL_CAUGHT
MAIL_PER_MINUTE = int(read("PREAU_SMTP_PER_MINUTE") or 500)  # of what waited; what somebody asked for leaves at once
DEFAULT_FROM_EMAIL = read("PREAU_MAIL_FROM") or "Préau <preau@localhost>"
MAIL_RETURNS = read("PREAU_MAIL_RETURNS") or ""  # the box whose mails the relay pipes to `preau returned-mail`
# Text messages (preau.kit.outbound.texting): none unless a carrier is set; on a page in a demo.
# What families read in another language than a mot was written in (preau.kit.outbound.translating); none unless set.
TRANSLATION_URL, TRANSLATION_KEY = read("PREAU_TRANSLATION_URL"), read("PREAU_TRANSLATION_KEY")
SMS_URL = read("PREAU_SMS_URL")
SMS_TOKEN, SMS_SECRET = read("PREAU_SMS_TOKEN"), read("PREAU_SMS_SECRET")
SMS_CENTS = int(read("PREAU_SMS_CENTS") or 0)  # what one costs, to say what a budget is worth
SMS_DRIVER = "http" if SMS_URL else "file" if BANNER else ""
SMS_FILE_PATH = HOME / "texts"
OUTBOUND_LOOPBACK = False  # preau.kit.outbound: this machine is asked nothing, but in tests
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"plain_refusals": {"()": "preau.kit.logs.PlainRefusals"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["plain_refusals"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
