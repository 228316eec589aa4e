"""Settings, one file, read from the environment; `docs/deploy.md` lists every name."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

BASE = Path(__file__).resolve().parent.parent
FRONTEND = BASE / "frontend"
env = environ.Env()  # type: ignore[no-untyped-call]

# -- what kind of machine this is ------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="development-only-" + "0" * 50 if DEBUG else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
# Full origins (scheme, host, port) that may open a socket or post a form.
ALLOWED_ORIGINS = env.list("ALLOWED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=not DEBUG)
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

INSTALLED_APPS = [
    "daphne",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_vite",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "coprod",
    "workspaces",
    "proposals.portfolio",
    "proposals.editing",
    "proposals.comments",
    "proposals.review",
    "proposals.news",
    "proposals.workflow",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "coprod.urls"
ASGI_APPLICATION = "coprod.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [FRONTEND / "pages", FRONTEND / "components"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["workspaces.templatetags.nhsuk"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# -- data ------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE / 'coprod.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Each of these was measured: without IMMEDIATE two writers fail, without FULL a power cut loses receipts.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;",
    }
    # A file, not memory: the log's writer thread and child servers open connections of their own.
    DATABASES["default"]["TEST"] = {
        "NAME": env.str("TEST_DATABASE", default=str(BASE / ".state" / "test.sqlite3"))
    }
# Where hints between processes travel: "memory://" (one process), "postgres://" (LISTEN/NOTIFY), "redis://host:port/n".
NOTICES_URL = env.str("NOTICES_URL", default="memory://")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# -- people ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "workspaces.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "board"
ACCOUNT_ADAPTER = "workspaces.adapters.Accounts"
ACCOUNT_FORMS = {
    "login": "workspaces.forms.SignInForm",
    "reset_password": "workspaces.forms.ForgottenPasswordForm",
    "reset_password_from_key": "workspaces.forms.NewPasswordForm",
    "change_password": "workspaces.forms.ChangePasswordForm",
    "set_password": "workspaces.forms.FirstPasswordForm",
    "reauthenticate": "workspaces.forms.ConfirmPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# Per key (account); the address limit is high because a whole trust shares one address.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "5/5m/key,300/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
# Whether this server process also sends mail; `manage.py send_mail --loop` does it alone.
SEND_MAIL = env.bool("SEND_MAIL", default=True)
# And whether it does each hour what `manage.py run_due` does.
RUN_DUE = env.bool("RUN_DUE", default=True)
# Where links in mail lead: a mail leaves long after the request that asked for it.
PUBLIC_ORIGIN = env.str("PUBLIC_ORIGIN", default="") or next(
    iter(ALLOWED_ORIGINS), f"http://127.0.0.1:{env.int('PORT', default=8000)}"
)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="coprod <no-reply@localhost>")

# -- pages -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = BASE / "static-root"
STATICFILES_DIRS = [
    *([FRONTEND / "dist"] if (FRONTEND / "dist").exists() else []),
    *([("nhsuk", p)] if (p := FRONTEND / "node_modules/nhsuk-frontend/dist/nhsuk/assets").exists() else []),
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": FRONTEND / "dist" / "manifest.json"}}

# -- what the browser may do -----------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["ProseMirrorClipboard"],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_TRUSTED_ORIGINS = ALLOWED_ORIGINS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# -- the JSON API ----------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "workspaces.schema.DescribedSchema",
    "EXCEPTION_HANDLER": "workspaces.problems.problem_response",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "coprod",
    "DESCRIPTION": "Proposals that a clinician and a manager write together.",
    "VERSION": "0.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    # Several things have a kind; each has a name of its own in the schema.
    "ENUM_NAME_OVERRIDES": {
        "KindEnum": "proposals.comments.models.KINDS",
        "DecisionKindEnum": "proposals.review.domain.kinds.KINDS",
    },
}

# -- the collaboration engine (units in the names) ---------------------------------------------------
ENGINE = {
    "FRAME_BYTES": 262_144,
    "AWARENESS_BYTES": 4_096,
    "DOCUMENT_BYTES": 5_242_880,
    "PEERS_PER_DOCUMENT": 200,
    "OUTBOX_BYTES": 4_194_304,
    # Under Daphne, write frames straight to the socket while it takes them; off: through every layer.
    "DIRECT_WRITES": env.bool("DIRECT_WRITES", default=True),
    "POLL_SECONDS": 2.0,
    "SCRIBE_SECONDS": 5.0,
    "SCRIBE_MEMORY_BYTES": 1_073_741_824,
}
# Who may read /metrics: whoever sends this token, and (off by default in use) whoever asks from this machine.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_LOCAL = env.bool("METRICS_LOCAL", default=DEBUG)
# While developing: the point at which the engine dies, and at which pass, as "before-commit:3".
DIE_AT = env.str("COPROD_DIE_AT", default="") if DEBUG else ""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
