"""The one settings module. Everything that differs between installations comes from the environment.

`make run` keeps its own small environment file, `$WEFT_DATA_DIR/weft.env`, so that `manage.py` commands find the
embedded installation without any variables set. Variables that are set win over the file.
"""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

from config.caches import caches
from config.databases import databases
from config.logs import Watch, logging_of
from config.policy import content_security_policy
from config.secrets import read_secret_files
from config.storage import storage
from config.uploads import TYPES_TAKEN

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
DATA_DIR = Path(env.str("WEFT_DATA_DIR", str(BASE_DIR / "var"))).resolve()
env.read_env(DATA_DIR / "weft.env", recurse=False)
read_secret_files()

# --- Mode ------------------------------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", False)
EMBEDDED = env.bool("WEFT_EMBEDDED", False)  # one machine, plain http on loopback, mail to files
ON_LOCAL_HTTP = DEBUG or EMBEDDED

SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing. Set SECRET_KEY to a long random text, or start with `make run`, "
            f"which makes one for the embedded mode in {DATA_DIR / 'weft.env'}."
        )
    SECRET_KEY = "only-for-debugging-never-for-people"

SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])  # what these signed holds on: links in old mails

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if ON_LOCAL_HTTP else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SITE_URL = env.str("SITE_URL", f"http://localhost:{env.int('PORT', 8000)}").rstrip("/")  # links in mail start so
SITE_NAME = env.str("SITE_NAME", "Weft")

# --- Apps ------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config",
    "courses",
    "discussions",
    "resources",
    "wiki",
    "notifications",
    "community",
    "accounts",
    "markup",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_htmx",
    "taggit",
    "csp",
]

MIDDLEWARE = [
    "config.requests.watched",
    "config.middleware.private_pages",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.health.health",
    "config.replicas.pages_may_read",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.person",
    "config.middleware.Archives",
    "config.middleware.visits",
    "config.middleware.sound_paths",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_LOADERS = ("filesystem", "app_directories")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("config.folding.Loader", [f"django.template.loaders.{_kind}.Loader" for _kind in _LOADERS])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "config.templatetags.weft"],
        },
    }
]
FORM_RENDERER = "config.forms.WeftFormRenderer"

# --- Database --------------------------------------------------------------------------------------------------

DATABASES = databases(env, DATA_DIR)
DATABASE_ROUTERS = ["config.replicas.Router"] if len(DATABASES) > 1 else []

# --- Redis, cache, background work -----------------------------------------------------------------------------

REDIS_URL = env.str("REDIS_URL", "")
CACHES = caches(REDIS_URL, DATA_DIR)
PAGES_KEPT_BYTES = env.int("PAGES_KEPT_MB", 64) * 1024 * 1024  # of pages just made, in each web process; 0 keeps none

BROKER_DIR = DATA_DIR / "broker"
CELERY_BROKER_URL = env.str("BROKER_URL", REDIS_URL or "weft-files://localhost")
# What Celery does everywhere is in config/celery.py. A broker that is away costs a request three seconds at most.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1, "interval_step": 0, "interval_max": 0.1}
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 1, "interval_start": 0.1, "interval_step": 0, "interval_max": 0.1}
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"visibility_timeout": 900, "socket_timeout": 2, "socket_connect_timeout": 1}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# What may be asked of other sites, by outbound.fetch only; none, and nothing is asked.
OUTBOUND_PORTS: list[int] = env.list("OUTBOUND_PORTS", [] if DEBUG else [80, 443], subcast=int)

# --- Mail ------------------------------------------------------------------------------------------------------

EMAIL_URL = env.str("EMAIL_URL", "")
if EMAIL_URL:
    vars().update(env.dj_email_url("EMAIL_URL"))
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "config.mail.FileBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <weft@localhost>")
REPLY_ADDRESS = env.str("REPLY_ADDRESS", "")  # where answers by mail come in; none, and nobody answers by mail
REPLY_MAILBOX = env.str("REPLY_MAILBOX", "")  # the mailbox in which they wait, unless a mail service hands them over
MAIL_TOGETHER_MINUTES = env.int("MAIL_TOGETHER_MINUTES", 10)  # what is said in one conversation meanwhile is one mail
# What mail services report of mail, and the mails they hand in; without the secret they can't.
ANYMAIL: dict[str, Any] = {**env.dict("ANYMAIL", {}), "WEBHOOK_SECRET": env.list("MAIL_WEBHOOK_SECRET", [])}
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", "")  # for browser messages, base64url; without one there are none
METRICS_TOKEN = env.str("METRICS_TOKEN", "")  # by which a monitor reads /health/metrics from another machine

# --- People ----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["config.people.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupExtras"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False  # a mail scanner that follows links confirms nothing
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up, so that one goes on where one was going
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.split(":")[0]
# Guesses from one address and for one account; allauth counts them in the cache.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,10/15m/key", "signup": "20/m/ip", "reset_password": "20/m/ip,5/m/key"}

# --- Cookies and headers ---------------------------------------------------------------------------------------

_secure = not ON_LOCAL_HTTP
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if _secure else "weft-session"
CSRF_COOKIE_NAME = "__Host-csrf" if _secure else "weft-csrf"
MESSAGE_STORAGE = "config.messages.Storage"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", _secure)
SECURE_REDIRECT_EXEMPT = ["^health/"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", 1) if BEHIND_PROXY else 0  # of these the last say who asks
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _secure
SECURE_CONTENT_TYPE_NOSNIFF = True
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # to be on the browsers' preload list is for a domain's owner to ask
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_security_policy(ALLOWED_HOSTS, plain_http=ON_LOCAL_HTTP)

# --- Texts, times, files ---------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.str("STATIC_ROOT", None if ON_LOCAL_HTTP else str(BASE_DIR / "staticfiles"))
_static_storage = "django.contrib.staticfiles.storage.StaticFilesStorage" if ON_LOCAL_HTTP else "config.statics.Storage"
WHITENOISE_USE_FINDERS = ON_LOCAL_HTTP
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = env.str("MEDIA_ROOT", str(DATA_DIR / "uploads"))
STORAGES = {
    "default": storage(env),
    "staticfiles": {"BACKEND": _static_storage},
}
FILE_BYTES_MAX = env.int("FILE_MB_MAX", 25) * 1024 * 1024
FILE_QUOTA_BYTES = env.int("FILE_QUOTA_MB", 1000) * 1024 * 1024  # of one person in one community
FILE_TYPES = env.list("FILE_TYPES", TYPES_TAKEN)
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "config.uploads.BoundedUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

TAGGIT_CASE_INSENSITIVE = True

LOGGING = logging_of(env, embedded=EMBEDDED)
WATCH = Watch.of(env, DATA_DIR)
