"""The one settings file. Everything that differs between machines comes from the environment (README, "Settings").

Secure by default: only the demonstration (PORTAL_DEMO=yes) relaxes anything, and it says so here.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext

from portal import doors, elsewhere, env, mail, theme

BASE_DIR = Path(__file__).resolve().parent.parent

# ---------- What kind of house this is ----------

DEMO = env.flag("PORTAL_DEMO", False, "Run the demonstration: plain http, made-up secret, demonstration accounts.")
DEBUG = env.flag("PORTAL_DEBUG", False, "Show tracebacks in the browser. Never in public.")
VAR = Path(env.text("PORTAL_VAR", "var", "Folder for everything written: database, index, files, cache.")).absolute()
VAR.mkdir(parents=True, exist_ok=True)
env.PLACES.update(var=str(VAR), base=str(BASE_DIR))


def _kept_secret() -> str:
    """A secret made once and kept under VAR, so that the demonstration's processes share it."""
    path = VAR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.required(
    "PORTAL_SECRET_KEY", "A long random text that signs sessions.", instead=_kept_secret() if DEMO else None
)
ALLOWED_HOSTS = env.words("PORTAL_ALLOWED_HOSTS", "", "Host names we answer to, separated by commas. Required.")
if not ALLOWED_HOSTS and not DEMO:
    env.required("PORTAL_ALLOWED_HOSTS", "Host names we answer to, separated by commas. Required.", instead=None)
CSRF_TRUSTED_ORIGINS = [] if DEMO else [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]
ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]  # health checks ask from inside

# ---------- Name, mark, colour ----------

LANGUAGE_NAMES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
LANGUAGES = [
    (code, LANGUAGE_NAMES[code])
    for code in env.words(
        "PORTAL_LANGUAGES", "en,fr,es", "Languages of the interface, the first is the fallback.", among=LANGUAGE_NAMES
    )
]
LANGUAGE_CODE = LANGUAGES[0][0]
FORMAT_MODULE_PATH = "portal.formats"

NAMES = {
    code: env.text(f"PORTAL_NAME_{code.upper()}", "", f"Name of the portal in {name}. Empty: as PORTAL_NAME.")
    for code, name in LANGUAGES
}
ONE_NAME = env.text("PORTAL_NAME", "", "Name of the portal in every language. Empty: a stand-in.")


def _name() -> str:
    return NAMES.get(get_language() or "", "") or ONE_NAME or gettext("Social Protection Portal")


PORTAL_NAME = lazy(_name, str)()
PORTAL_MARK = env.file("PORTAL_MARK", "{base}/static/mark.svg", "SVG file with the mark, drawn in currentColor.")
PORTAL_ACCENT = env.colour("PORTAL_ACCENT", theme.ACCENT, "Accent colour; lighter and darker tones follow from it.")
DEFAULT_ACCENT = theme.ACCENT
PORTAL_CONTACT = env.text("PORTAL_CONTACT", "portal@example.org", "Address shown where people can write to us.")

# ---------- Applications ----------

INSTALLED_APPS = [
    "portal",
    "modeltranslation",  # before the admin, which it extends
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "treebeard",
    "taggit",
    "haystack",
    "rules.apps.AutodiscoverRulesConfig",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "auditlog",
    # our own, from the ground floor up
    "taxonomy",
    "members",
    "files",
    "content",
    "notifications",
    "search",
    "stakeholders",
    "people",
    "publications",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "content.middleware.PublicPageMiddleware",  # answers whole anonymous pages before anything else is set up
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "content.middleware.OldAddressMiddleware",  # inside Locale, which would answer an old address with a 302
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "search.middleware.IndexMissingMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",  # the only door: it knows verified addresses and limits
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "members.passwords.LongEnough"},
    {"NAME": "members.passwords.UnlikeThePerson"},
    {"NAME": "members.passwords.Uncommon"},
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "account_login"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.house",
            ],
            "builtins": ["django.templatetags.i18n", "content.templatetags.content"],
        },
    },
]

# ---------- Accounts (django-allauth) ----------

LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "home"
vars().update({name: value for name, value in vars(doors).items() if name.isupper()})  # what allauth is told
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO  # http://localhost
SIGN_IN_ELSEWHERE = {
    key: (
        env.text(f"PORTAL_{key.upper()}_ID", "", f"Client id for signing in with {house.name}. Empty: not offered."),
        env.text(f"PORTAL_{key.upper()}_SECRET", "", f"The secret that belongs to it at {house.name}."),
    )
    for key, house in elsewhere.HOUSES.items()
}
SOCIALACCOUNT_PROVIDERS = elsewhere.providers(SIGN_IN_ELSEWHERE)
INSTALLED_APPS += elsewhere.apps(SIGN_IN_ELSEWHERE)

# ---------- Database, cache, jobs, mail ----------

DATABASES = {
    "default": env.database("DATABASE_URL", "sqlite:///{var}/portal.sqlite3", "Database, as an address.")
    | {"ATOMIC_REQUESTS": False}
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = None  # opening the file costs more than a page's queries
    DATABASES["default"]["OPTIONS"] = {
        # Deferred transactions fail under concurrent writers; immediate ones wait their turn.
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000",
    }
else:
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8}} | DATABASES["default"].get("OPTIONS", {})

CACHES = {
    "default": env.cache("CACHE_URL", "filecache://{var}/cache", "Cache shared by all processes, as an address.")
    | {"TIMEOUT": 300},
    # Rendered cards: the key holds the version, so nothing is ever stale and every process may keep its own.
    "cards": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "cards",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
    # How often somebody knocked: in the database, where no full or dead cache forgets it (docs/adr/0012).
    "limits": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "members_limits",
        "TIMEOUT": 86400,
        "OPTIONS": {"MAX_ENTRIES": 100000},
    },
}
if CACHES["default"]["BACKEND"].endswith("FileBasedCache"):
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 2000}  # every write lists the folder
PAGE_CACHE_SECONDS = env.number("PORTAL_PAGE_CACHE_SECONDS", 300, "How long an anonymous page may be kept. 0: never.")

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", "filesystem://localhost", "Broker that wakes the worker.")
if CELERY_BROKER_URL.startswith("filesystem://"):
    for folder in ("in", "processed", "control"):
        (VAR / "broker" / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR / "broker" / "in"),
        "data_folder_out": str(VAR / "broker" / "in"),
        "processed_folder": str(VAR / "broker" / "processed"),
        "control_folder": str(VAR / "broker" / "control"),
        "store_processed": False,
    }
else:
    # A page that wakes a worker does not wait for a broker that is away: the schedule finds the work.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 1, "interval_start": 0, "socket_connect_timeout": 2}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")
CELERY_BEAT_SCHEDULE = {
    "follow-changes": {"task": "search.tasks.follow_changes", "schedule": 2.0, "options": {"expires": 10}},
    "note-visited": {"task": "portal.tasks.note_visited", "schedule": 3600.0},
    "forget-visitors": {"task": "content.tasks.forget_visitors", "schedule": 3600.0},
    "make-due-exports": {"task": "members.tasks.make_due_exports", "schedule": 60.0, "options": {"expires": 60}},
    "forget": {"task": "members.tasks.forget", "schedule": 3600.0},
    "remove-orphans": {"task": "files.tasks.remove_orphans", "schedule": 86400.0},
    "work-on-imports": {"task": "publications.tasks.work_on_imports", "schedule": 60.0, "options": {"expires": 60}},
    "forget-imports": {"task": "publications.tasks.forget_imports", "schedule": 86400.0},
    "remove-forgotten-drafts": {"task": "publications.tasks.remove_forgotten_drafts", "schedule": 3600.0},
    "tell-followers": {"task": "notifications.tasks.tell_followers", "schedule": 60.0, "options": {"expires": 60}},
    "gather-digests": {"task": "notifications.tasks.gather_digests", "schedule": 60.0, "options": {"expires": 60}},
    "forget-notices": {"task": "notifications.tasks.forget_notices", "schedule": 86400.0},
    "sweep-letters": {"task": "notifications.tasks.sweep", "schedule": 60.0, "options": {"expires": 60}},
    "forget-letters": {"task": "notifications.tasks.forget", "schedule": 86400.0},
    "heartbeat": {"task": "portal.tasks.heartbeat", "schedule": 20.0, "options": {"expires": 20}},
}

EMAIL_CONFIG = env.mail("EMAIL_URL", "filemail://{var}/outbox", "Where mail goes, as an address (smtp://…).")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.text("PORTAL_FROM_EMAIL", "portal@localhost", "Sender of our mails.")
EMAIL_TIMEOUT = 30  # seconds that a mail server may be silent
PORTAL_BOUNCE_ADDRESS = env.text(
    "PORTAL_BOUNCE_ADDRESS", "", "Where letters come back to, given to `read_bounces`. Empty: the sender."
)
PORTAL_BASE_URL = env.text(
    "PORTAL_BASE_URL", "", "Address of the portal in letters. Empty: https and the first allowed host."
).rstrip("/") or ("http://localhost:8000" if DEMO else f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
MAIL_PROVIDER = env.choice(
    "PORTAL_MAIL_PROVIDER", mail.NONE, (mail.NONE, *mail.PROVIDERS), "Provider instead of EMAIL_URL: brevo, mailgun, …"
)
MAIL_SECRET = env.text(
    "PORTAL_MAIL_SECRET", "", "What signs its news of returned letters (mailgun), or name:password. Empty: not heard."
)
EMAIL_BACKEND = mail.backend(EMAIL_CONFIG["EMAIL_BACKEND"], MAIL_PROVIDER)
ANYMAIL = mail.anymail(MAIL_PROVIDER, env.text("PORTAL_MAIL_KEY", "", "Key of that provider."), MAIL_SECRET)

# ---------- Search ----------

SEARCH_ENGINE = env.choice(
    "PORTAL_SEARCH_ENGINE", "tantivy", ("tantivy", "whoosh"), "Search engine; whoosh where no Tantivy wheel exists."
)
SEARCH_PATH = Path(env.text("PORTAL_SEARCH_PATH", "{var}/index", "Folder of this node's search index."))
HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": {
            "tantivy": "search.backends.tantivy.TantivyEngine",
            "whoosh": "search.backends.whoosh.WhooshEngine",
        }[SEARCH_ENGINE],
        "PATH": str(SEARCH_PATH / SEARCH_ENGINE),
    }
}

# ---------- Languages and time ----------

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [BASE_DIR / "locale"]
# Columns exist for these; adding one is this line and one migration (docs/adr/0004-words-in-three-languages.md).
MODELTRANSLATION_LANGUAGES = ("en", "fr", "es")
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "fr", "es")
TAGGIT_CASE_INSENSITIVE = True

# ---------- Files ----------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR / "media"  # never served as a folder: every download passes a view that asks who may see it
MAX_FILE_BYTES = 1024 * 1024 * env.number("PORTAL_MAX_FILE_MB", 50, "Largest file we take, in megabytes.", least=1)
CLAMAV = env.socket("PORTAL_CLAMAV", "", "Malware checker clamd, as host:port or the path of a socket. Empty: none.")
FILE_UPLOAD_TEMP_DIR = VAR / "incoming"  # what a killed process leaves here is swept with the other orphans
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "files.uploads.BoundedUploadHandler",
]
FILES_ACCEL_PREFIX = env.text(
    "PORTAL_ACCEL_PREFIX", "", "Internal nginx location that sends files (X-Accel-Redirect). Empty: we send them."
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 31536000

# ---------- Review ----------

REVIEW_PROMISE_DAYS = env.number(
    "PORTAL_PROMISE_DAYS", 2, "Working days within which an editor answers a member.", least=1
)
REVIEW_UNDO = timedelta(
    minutes=env.number("PORTAL_UNDO_MINUTES", 10, "How long an editor may take a decision back; its letter waits.")
)

# ---------- Audit trail (django-auditlog): who changed what, and never from where ----------

AUDITLOG_DISABLE_REMOTE_ADDR = True
AUDITLOG_STORE_JSON_CHANGES = True  # values as they are, so that one can be brought back

# ---------- Security ----------

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the balancer, inside, in plain http
SECURE_PROXY_SSL_HEADER = None
if env.flag("PORTAL_BEHIND_PROXY", False, "A proxy in front ends TLS and sets X-Forwarded-Proto."):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = not DEMO
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "portal.views.stale_form"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *elsewhere.origins(SIGN_IN_ELSEWHERE)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# ---------- Log ----------

LOG_LEVEL = env.choice(
    "PORTAL_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"), "How much the log says."
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
