"""The one settings file. Everything that differs between machines comes from the environment (README, "Settings").

Secure by default: only the demonstration (PORTAL_DEMO=yes) relaxes anything, and it says so here.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path
from types import ModuleType

from csp.constants import NONE, SELF
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext

from portal import doors, elsewhere, env, jobs, mail, stores, theme
from portal.clocks import CITIES, ZONES

BASE_DIR = Path(__file__).resolve().parent.parent

# ---------- What kind of house this is ----------

DEMO = env.flag("PORTAL_DEMO", False, "Run the demonstration: plain http, made-up secret, demonstration accounts.")
DEBUG = env.flag("PORTAL_DEBUG", False, "Show tracebacks in the browser. Never in public.")
VAR = Path(env.text("PORTAL_VAR", "var", "Folder for everything written: database, index, files, cache.")).absolute()
VAR.mkdir(parents=True, exist_ok=True)
env.PLACES.update(var=str(VAR), base=str(BASE_DIR))


def _take(module: ModuleType) -> None:
    """Settings that are the same on every machine and stand in a module of their own."""
    globals().update({name: value for name, value in vars(module).items() if name.isupper() and name[0] != "_"})


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
    "moderation",
    "discussions",
    "surveys",
    "stakeholders",
    "people",
    "blog",
    "communities",
    "agenda",
    "publications",
    "webinars",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "content.middleware.PackingMiddleware",
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
    "content.actors.ActorMiddleware",
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

LOGIN_REDIRECT_URL, ACCOUNT_LOGOUT_REDIRECT_URL = "me", "home"
ACCOUNT_SIGNUP_REDIRECT_URL = "people:welcome"  # who came for something goes on to that
_take(doors)
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
    "default": stores.database(
        env.database("DATABASE_URL", "sqlite:///{var}/portal.sqlite3", "Database, as an address.")
    )
}
CACHES = stores.caches(
    env.cache("CACHE_URL", "filecache://{var}/cache", "Cache shared by all processes, as an address.")
)
PAGE_CACHE_SECONDS = env.number("PORTAL_PAGE_CACHE_SECONDS", 300, "How long an anonymous page may be kept. 0: never.")

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", "filesystem://localhost", "Broker that wakes the worker.")
CELERY_BROKER_TRANSPORT_OPTIONS = jobs.transport(CELERY_BROKER_URL, VAR)
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")
_take(jobs)

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
    "PORTAL_MAIL_PROVIDER",
    mail.NONE,
    (mail.NONE, *mail.PROVIDERS),
    "Provider instead of EMAIL_URL: brevo, mailgun and others.",
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
HAYSTACK_CONNECTIONS = stores.index(SEARCH_ENGINE, SEARCH_PATH)

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
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "portal.static.StaticStorage"
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

# ---------- Webinars ----------

WEBINAR_CITIES = env.words(
    "PORTAL_WEBINAR_CITIES", CITIES, "Zones of cities whose clocks a webinar shows by default.", among=ZONES
)
REGISTRATION_DAYS = env.number("PORTAL_REGISTRATION_DAYS", 180, "Days a registrant's name is kept afterwards.", least=1)
JITSI_URL = env.text("PORTAL_JITSI_URL", "", "Jitsi server on which webinars get rooms of their own. Empty: none.")
BIGBLUEBUTTON_URL = env.text(
    "PORTAL_BIGBLUEBUTTON_URL", "", "BigBlueButton server for the same, up to and with /bigbluebutton/api. Empty: none."
)
BIGBLUEBUTTON_SECRET = env.text("PORTAL_BIGBLUEBUTTON_SECRET", "", "Its shared secret, which signs the links.")

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
