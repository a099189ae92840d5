"""Settings: wiring of libraries. What an operator may change is in `environment.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.functional import lazy

from config.environment import ROOT, DatabaseEnvironment, Environment
from config.logs import configure_structlog
from config.own_address import own_address
from infra.local import postgres

env = Environment()
MODE = env.mode
DEMO = env.is_demo
BASE_DIR = ROOT
VAR_DIR: Path = env.var
SECRET_KEY = env.secret_key
IDENTIFIER_KEYS: list[str] = env.identifier_key_list
CLAMD_URL = env.clamd_url
DEBUG = False
BASE_DOMAIN = env.base_domain
PORT = env.port
SCHEME = env.scheme
# Hosts are proved against the register of domains by tenants.middleware; an unknown one gets a bare 404.
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "config.urls"
HEALTH_URLCONF = "config.health_urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

# --- applications: what lives in schema `public`, and what each tenant has for itself (ADR 0001)
SHARED_APPS = [
    "tenants",
    "services_api.workdays",
    "services_api.exchange",
    "services_api.oversight",
    "cms.disclosure",
    "cms.syndication",
]
TENANT_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "accounts",
    "console",
    "cms",
    "cms.records",
    "cms.outreach",
    "cms.search",
    "cms.editing",
    "services_api.org",
    "services_api.parties",
    "services_api.procedures",
    "services_api.cases",
    "services_api.exchange.texts",
    "services_api.exchange.notices",
    "services_api.exchange.webhooks",
    "services_api.exchange.connectors",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_localize",
    "wagtail_localize.locales",
    "modelcluster",
    "taggit",
    "axes",
]
INSTALLED_APPS = [
    *SHARED_APPS,
    *TENANT_APPS,
    "themes",
    "django_tenants",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "phonenumber_field",
    "csp",
    "django_structlog",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]
TENANT_MODEL = "tenants.Community"
TENANT_DOMAIN_MODEL = "tenants.Domain"
PUBLIC_SCHEMA_NAME = "public"
TENANT_ROLE_PREFIX = env.tenant_role_prefix
DUTIES_VISIT = env.duties_visit
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]

MIDDLEWARE = [
    "tenants.middleware.TenantMiddleware",
    "cms.page_cache.PageCacheMiddleware",
    "cms.reading_mode.ReadingModeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tenants.middleware.SiteLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cms.editing.refusals.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.policies.WorkplacePolicyMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "themes" / "base" / "templates"],
        "OPTIONS": {
            # The folder of the tenant's theme first, then DIRS, then the applications; compiled templates by theme.
            "loaders": [
                (
                    "themes.loaders.CachedByTheme",
                    [
                        "themes.loaders.ThemeLoader",
                        "django.template.loaders.filesystem.Loader",
                        "config.library_templates.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "cms.chrome.site_chrome",
            ],
        },
    },
]

# --- database
_database = urlsplit(DatabaseEnvironment().database_url or postgres.configured_url())
DATABASES = {
    "default": {
        "ENGINE": "tenants.backend",
        "NAME": unquote(_database.path.lstrip("/")),
        "USER": unquote(_database.username or ""),
        "PASSWORD": unquote(_database.password or ""),
        "HOST": _database.hostname or "",
        "PORT": _database.port or "",
        # Backends keep 0.5-2.7 MB per tenant touched until they end, so their age is bounded.
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "hamaynk"},
        "TEST": {"SERIALIZE": False},
    }
}
ORIGINAL_BACKEND = "django.db.backends.postgresql"

# --- cache: every alias keys by schema; tenants.checks refuses an alias that does not
_key = "django_tenants.cache.make_key"
_shared: dict[str, Any]
if env.cache_url:
    _shared = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.cache_url,
        "KEY_FUNCTION": _key,
    }
else:
    _shared = {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache" / "shared",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
        "KEY_FUNCTION": _key,
    }
_memory = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "OPTIONS": {"MAX_ENTRIES": 5_000},
    "KEY_FUNCTION": _key,
}
CACHES = {
    "default": {**_memory, "LOCATION": "default"},
    "shared": _shared,
    "renditions": {**_memory, "LOCATION": "renditions"},
}
GENERATIONS = "cache" if env.cache_url else "files"

# --- sessions, sign-in
SESSION_ENGINE = "tenants.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SIGNING_BACKEND = "tenants.signing.TenantTimestampSigner"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/admin/login/"
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLED = MODE != "test"
# --- accounts: the pause after wrong passwords in our words; letters about passwords with the tenant's tokens
AXES_LOCKOUT_CALLABLE = "accounts.views.locked_out"
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "accounts.signin.login_name"
WAGTAILADMIN_USER_LOGIN_FORM = "accounts.forms.StaffLoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "accounts.forms.StaffPasswordResetForm"

# --- languages
LANGUAGE_CODE = "hy"
LANGUAGES = [("hy", "Հայերեն"), ("en", "English"), ("ru", "Русский")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
USE_TZ = True
# Grouping is asked for where a number is read by people (floatformat:"g"); on everywhere it breaks ids and years.
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Asia/Yerevan"
WAGTAIL_USER_TIME_ZONES = ["Asia/Yerevan"]
FORMAT_MODULE_PATH = ["config.formats"]
# Days are typed as they are read. With Wagtail's own form its calendar takes «01.11.2024» for no date and puts today.
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
LOCALE_PATHS = [
    BASE_DIR / "themes" / "locale",
    BASE_DIR / "cms" / "locale",
    *(
        BASE_DIR / "cms" / part / "locale"
        for part in ("records", "outreach", "search", "disclosure", "syndication", "editing")
    ),
    BASE_DIR / "services_api" / "locale",
    BASE_DIR / "services_api" / "cases" / "locale",
    BASE_DIR / "tenants" / "locale",
    BASE_DIR / "platform" / "console" / "locale",
    BASE_DIR / "platform" / "accounts" / "locale",
    BASE_DIR / "platform" / "config" / "locale",
    # Armenian for the screens of libraries, a folder each.
    *sorted((BASE_DIR / "platform" / "config" / "library_locale").glob("*/locale")),
]

# --- files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = sorted((BASE_DIR / "themes").glob("*/static"))
WHITENOISE_USE_FINDERS = MODE != "production"
WHITENOISE_MAX_AGE = 3600
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
if env.s3_bucket:
    S3_OPTIONS = {
        "bucket_name": env.s3_bucket,
        "endpoint_url": env.s3_endpoint or None,
        "access_key": env.s3_access_key or None,
        "secret_key": env.s3_secret_key or None,
    }
    _public = {"BACKEND": "tenants.storage.TenantS3Storage", "OPTIONS": {**S3_OPTIONS, "area": "media"}}
    _private = {"BACKEND": "tenants.storage.TenantS3Storage", "OPTIONS": {**S3_OPTIONS, "area": "private"}}
else:
    _public = {"BACKEND": "tenants.storage.TenantMediaStorage"}
    _private = {"BACKEND": "tenants.storage.TenantPrivateStorage"}
STORAGES = {
    "default": _public,
    "private": _private,
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if MODE == "production"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Wagtail
WAGTAIL_SITE_NAME = "Համայնք"
# Links in letters to staff and full addresses of pictures belong to the community's own host.
WAGTAILADMIN_BASE_URL = lazy(own_address, str)()
# Drafts are saved half a second after the last key; two people on one page see each other.
WAGTAIL_AUTOSAVE_INTERVAL = 500
WAGTAIL_EDITING_SESSION_PING_INTERVAL = 10_000
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_IMAGE_MODEL = "cms.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.SiteImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.SiteDocument"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "webp", "png": "webp", "jpeg": "webp", "gif": "webp"}
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "mp4", "odt", "pdf", "pptx", "rtf", "txt", "webm", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search.editors_backend"}}
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 0 if MODE == "test" else 500
TASKS = {"default": {"BACKEND": "tenants.background.CeleryTasksBackend", "QUEUES": []}}

# --- work in the background
BROKER_FOLDER = VAR_DIR / "broker"
CELERY_BROKER_URL = env.broker_url or "filesystem://"
if not env.broker_url:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_FOLDER / "queue"),
        "data_folder_out": str(BROKER_FOLDER / "queue"),
        "processed_folder": str(BROKER_FOLDER / "done"),
        "control_folder": str(BROKER_FOLDER / "control"),
        "store_processed": False,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 3
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = TIME_ZONE

# --- mail: a folder with a page that shows it on one machine, SMTP by URL
MAIL_FOLDER = VAR_DIR / "mail"
OUTBOX_KEEP_DAYS = env.outbox_keep_days
WEBHOOKS_LOCAL = env.webhooks_local
SMS_GATEWAY = env.sms
SMS_FOLDER = VAR_DIR / "sms"
QUIET_MAIL = env.quiet_mail
CONNECTORS = env.connectors
# Invented persons are for one machine; in production a register is asked when its connector is named.
CONNECTORS_DEFAULT = "off" if env.mode == "production" else "sandbox"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.email_from
if env.email_url:
    _mail = urlsplit(env.email_url)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "services_api.exchange.mail.FolderEmailBackend"

# --- security
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
if env.scheme == "https":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
if env.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
    },
}

# --- API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["services_api.api.authentication.StaffSessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["services_api.api.parsers.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "services_api.api.problems.exception_handler",
    "DEFAULT_THROTTLE_RATES": {
        "submit": "30/hour",
        "status": "60/hour",
        "upload": "120/hour",
        "letter": "30/hour",
        "draft": "300/hour",
        "own": "600/hour",
        "catalogue": "600/min",
        "staff": "1200/min",
    },
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Hamaynk API",
    # Its deploy check builds the whole schema and asks the database; a test validates the schema instead.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ConfidentialityEnum": "services_api.org.public.Confidentiality",
        "ScanStateEnum": "services_api.cases.public.ScanState",
        "AttachmentKindEnum": "services_api.cases.public.AttachmentKind",
        "TaskKindEnum": "services_api.cases.public.TaskKind",
        "MessageKindEnum": "services_api.cases.public.MessageKind",
        "LanguageEnum": LANGUAGES,
        "OutcomeEnum": "services_api.cases.public.Outcome",
    },
}
PHONENUMBER_DEFAULT_REGION = "AM"

# --- logs: one line of JSON each in production, with tenant and request id, without personal data
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "config.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json" if MODE == "production" else "plain"}
    },
    "root": {"handlers": ["console"], "level": "INFO" if MODE == "production" else "WARNING"},
    "loggers": {
        "django_structlog": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        # The folder broker has no host, and kombu says so on each connection.
        "kombu.connection": {"level": "ERROR"},
    },
}
# W019: Wagtail shows its previews in frames of the same host.
configure_structlog()
SILENCED_SYSTEM_CHECKS: list[str] = ["security.W019", *(["security.W004"] if env.scheme == "http" else [])]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
