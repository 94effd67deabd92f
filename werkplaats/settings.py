"""All settings, read from the environment and safe by default.

In production SECRET_KEY, SITE_URL, DATABASE_URL and EMAIL_URL must be set; the README says what each is.
DEMO=1 (set by `manage.py demo`) fills them in for a laptop, shows the Postvak and asks no second factor.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP
from psycopg.conninfo import conninfo_to_dict

from werkplaats import pool

BASE_DIR = Path(__file__).resolve().parent.parent
DEMO = os.environ.get("DEMO") == "1"
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")


def required(name: str, what: str, demo: str = "") -> str:
    """The environment variable `name`; without it (or a demo value) the start stops with one sentence."""
    value = os.environ.get(name) or (demo if DEMO else "")
    if not value:
        raise SystemExit(f"De omgevingsvariabele {name} ontbreekt: {what}. Zie README.md, «Run it for real».")
    return value


def database(url: str) -> dict[str, Any]:
    """A DATABASES entry from a PostgreSQL URL; what Django has no name for goes to libpq."""
    info = conninfo_to_dict(url)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    entry = {ours: info.pop(theirs, "") for ours, theirs in names.items()}
    timeouts = "-c lock_timeout=3000 -c statement_timeout=10000 -c idle_in_transaction_session_timeout=15000"
    return {
        **entry,
        "ENGINE": "werkplaats.database",
        # Long work by hand starts with DATABASE_PATIENT=1.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 2,
            **info,
            "options": " ".join(filter(None, [str(info.get("options") or ""), "" if PATIENT else timeouts])),
            "pool": POOL,
        },
    }


def mailer(url: str) -> dict[str, Any]:
    """A MAILERS entry from smtp://user:password@host:port; smtps:// is TLS at once, smtp+tls:// STARTTLS."""
    parts = urlsplit(url)
    options = {
        "host": parts.hostname,
        "port": parts.port or {"smtps": 465, "smtp+tls": 587}.get(parts.scheme, 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "smtp+tls",
        "timeout": 10,
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


SECRET_KEY = required("SECRET_KEY", "een lange, willekeurige tekst", demo="alleen-voor-de-demo-op-deze-laptop")
SITE_URL = required(
    "SITE_URL", "het adres van de site, bijvoorbeeld https://werkplaats.example", "http://127.0.0.1:8000"
)
HTTPS = SITE_URL.startswith("https://")
DEBUG = False
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname, *os.environ.get("ALLOWED_HOSTS", "").split()]
if DEMO:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "werkplaats",
    "werkplaats.demo",
    "werkplaats.avg",
    "posts",
    "polls",
    "events",
    "plan",
    "inviting",
    "live",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "werkplaats.apps.BeheerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]
MIDDLEWARE = [
    "django_htmx.middleware.HtmxMiddleware",  # first: error pages ask `request.htmx`, whatever went wrong
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "werkplaats.web.headers.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "werkplaats.web.compressing.compressing",
    "werkplaats.web.guard.GuardMiddleware",
    "werkplaats.people.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "werkplaats.people.visitors.VisitorMiddleware",
    "werkplaats.web.audit.HistoryMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "inviting.views.along.along",
]
ROOT_URLCONF = "werkplaats.urls"
WSGI_APPLICATION = "werkplaats.wsgi.application"
FORM_RENDERER = "werkplaats.web.uncut.UncutRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "werkplaats.site.context.site",
            ],
            "builtins": ["werkplaats.templatetags.werkplaats", "django.templatetags.static"],
        },
    }
]

# One connection per thread: then a pool that cannot answer means a dead database, and the 503 may be quick.
THREADS = int(os.environ.get("THREADS", "4"))
POOL: dict[str, Any] | bool = {
    "min_size": 1,
    "max_size": THREADS + 1,
    "timeout": 0.4,
    "reconnect_timeout": 1.0,
    "check": pool.check,
}
PATIENT = os.environ.get("DATABASE_PATIENT") == "1"
if os.environ.get("DATABASE_POOL") == "0":
    POOL = False
DATABASES = {"default": database(required("DATABASE_URL", "postgresql://gebruiker:wachtwoord@server/naam"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Limits on codes and mails: one count for all workers.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "werkplaats_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Rendered pieces of pages. Keys carry row versions, so every process may keep its own.
    "cards": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "cards",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

AUTH_USER_MODEL = "werkplaats.User"
AUTHENTICATION_BACKENDS = ["inviting.backend.Backend"]  # that of allauth
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "werkplaats.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # a login code proves the address; allauth marks it verified then
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # werkplaats.accounts.views.login does, without a circle
# A school is one IP address: limits follow the address that is mailed or the account, never the building.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "3/m/key",
    "login": None,
    "login_failed": "10/5m/key",
    "signup": None,
    "reset_password": "3/m/key",
    "reset_password_from_key": None,
    "confirm_email": "3/m/key",
}
# Ours, counted by werkplaats.web.limits: how many in which period.
WRITE_RATE_LIMITS = {
    "write_post": [(10, timedelta(minutes=10)), (40, timedelta(days=1))],  # of one visitor, changes too
    "write_meeting": [(40, timedelta(minutes=10)), (200, timedelta(days=1))],  # the same, of who writes for a meeting
    "confirm_post": [(3, timedelta(minutes=1))],  # mails to one address that ask to confirm
    "keep_picture": [(10, timedelta(minutes=10)), (40, timedelta(days=1))],  # of one visitor, before its form
    "mail_unproven": [(10, timedelta(days=1))],  # mails to one address that nobody proved to be theirs
    "mail_typed": [(6, timedelta(days=1))],  # of those, what anybody can cause by typing the address
    "mail_typed_proven": [(6, timedelta(hours=1)), (12, timedelta(days=1))],  # the same, to one that was proven
    # About the end of a hold: two for an address at a café, counted apart, since without them no hold ends.
    "mail_term": [(8, timedelta(days=1))],
    "change_sign_up": [(10, timedelta(hours=1)), (20, timedelta(days=1))],  # of one sign-up, by who has its link
    "report": [(5, timedelta(minutes=10)), (20, timedelta(days=1))],  # of one visitor, whatever they are about
    # A report about a child hides at once what no moderator read; beyond these it only calls a moderator.
    "hide_for_child": [(1, timedelta(days=1))],  # of one visitor
    "hide_for_child_here": [(5, timedelta(hours=1))],  # of all visitors together
    "mail_about_child": [(5, timedelta(hours=1))],  # mails to moderators at once; the rest waits for the hourly one
    "send_wensbeeld": [(5, timedelta(minutes=10)), (20, timedelta(days=1))],  # of one visitor
    # Of the room (live.guessing): codes that are none, of one address; and the first time that it opened a code.
    "guess_code": [(60, timedelta(minutes=10))],
    "open_code": [(1, timedelta(days=2))],
    "write_idea": [(20, timedelta(minutes=10)), (40, timedelta(days=1))],  # one phone may write for a whole table
}
# Signing up for a café: addresses of one visitor, and sign-ups for one café that nobody confirmed yet.
ADDRESSES_A_CAFE, ADDRESSES_A_DAY = 3, 6
HOLDS_AN_HOUR = int(os.environ.get("HOLDS_AN_HOUR", "500"))
ACCOUNT_FORMS = {
    "request_login_code": "werkplaats.accounts.forms.RequestCodeForm",
    "confirm_login_code": "werkplaats.accounts.forms.ConfirmCodeForm",
}
MFA_ADAPTER = "werkplaats.accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "werkplaats.accounts.forms.AuthenticateForm",
    "reauthenticate": "werkplaats.accounts.forms.ReauthenticateForm",
    "activate_totp": "werkplaats.accounts.forms.ActivateForm",
    "authenticate_webauthn": "werkplaats.accounts.forms.UseKeyForm",
    "reauthenticate_webauthn": "werkplaats.accounts.forms.UseKeyAgainForm",
    "add_webauthn": "werkplaats.accounts.forms.AddKeyForm",
    "edit_webauthn": "werkplaats.accounts.forms.EditKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "De digitale werkplaats"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessie" if HTTPS else "sessie"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "werkplaats.home.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside the machine, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Preload is a promise for the whole domain of the co-operation, which is not ours to make.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # the admin's bulk actions tick many rows
URLIZE_ASSUME_HTTPS = True  # of an address that begins with «www.»

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = ["werkplaats.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or VAR_DIR / "media")
# In production nginx sends the bytes of pictures, once a view has said that this person may see them. Where it finds
# them: the address of an `internal` location, with a slash at the end. Empty: Django sends them.
MEDIA_ACCEL = os.environ.get("MEDIA_ACCEL", "")
# Where back-ups are put, for the site to tell when there is none of the last day; empty: nobody looks.
BACKUP_DIR = Path(folder) if (folder := os.environ.get("BACKUP_DIR")) else None
# What was erased for good, as numbers: outside the database, which a back-up puts back.
ERASED_LIST = Path(os.environ.get("ERASED_LIST") or VAR_DIR / "erased.jsonl")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "werkplaats.web.joining.JoinedStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

MAIL_DIR = VAR_DIR / "mail"
MAIL_FOLDER: dict[str, Any] = {"BACKEND": "werkplaats.mail.FolderBackend", "OPTIONS": {"folder": MAIL_DIR}}
EMAIL_URL = required("EMAIL_URL", "smtp://server:poort van je mailserver", demo="folder:")
MAILERS: dict[str, dict[str, Any]] = {"default": MAIL_FOLDER if EMAIL_URL == "folder:" else mailer(EMAIL_URL)}
if DEMO and EMAIL_URL != "folder:":
    MAILERS["folder"] = MAIL_FOLDER  # the Postvak shows every mail, also those that really leave
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM") or f"werkplaats@{urlsplit(SITE_URL).hostname}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

PGHISTORY_CREATED_AT_FUNCTION = "CLOCK_TIMESTAMP()"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"without_tokens": {"()": "werkplaats.logs.WithoutTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_tokens"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # A scanner's 404s and odd hosts are daily weather, not news.
        "django.security": {"level": "ERROR"},
        "django.request": {"level": "ERROR"},
    },
}
