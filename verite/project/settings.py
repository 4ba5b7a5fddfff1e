"""Django's settings, made from ``config.Config``. Nothing here is for operators to edit."""

from __future__ import annotations

from email.utils import formataddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from verite.project import mail
from verite.project.config import SPOKEN, Config, postgresql_parameters, read_config, secret_key

VERITE: Config = read_config()

SECRET_KEY = secret_key(VERITE.data)
DEBUG = VERITE.debug

LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [
    *LOOPBACK_NAMES,
    *VERITE.allowed_hosts,
    *([urlsplit(VERITE.site_url).hostname or ""] if VERITE.site_url else []),
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "allauth.account",
    "django_tasks",
    "verite.core",
    "verite.accounts",
    "verite.pages",
    "verite.catalogue",
    "verite.notifications",
    "verite.ratings",
    "verite.discussion",
    "verite.discovery",
    "verite.transfer",
    "verite.web",
]

MIDDLEWARE = [
    "verite.web.security.SecurityHeaders",
    "verite.api.problems.SaysProblems",
    "verite.web.charset.Utf8Only",
    "verite.web.same_origin.SameOriginOnly",
    "verite.web.cookies.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "verite.web.guests.RemembersGuests",
    "verite.web.masthead.OwnMasthead",
    "allauth.account.middleware.AccountMiddleware",
    "verite.web.browsing.errors.SaysWhatIsAllowed",
]

ROOT_URLCONF = "verite.project.urls"
WSGI_APPLICATION = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts: django-allauth does the work, in our templates and with our words (verite/web/account/).
AUTH_USER_MODEL = "accounts.Member"
AUTHENTICATION_BACKENDS = ["verite.accounts.authentication.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # for members that come from another site
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "me"
LOGOUT_REDIRECT_URL = "home"
SESSION_ENGINE = "verite.accounts.sessions"
SESSION_COOKIE_NAME = "verite-session"  # and __Host-verite-session over HTTPS, see web/cookies.py
SESSION_COOKIE_AGE = 60 * 24 * 60 * 60
ACCOUNT_ADAPTER = "verite.web.account.adapter.Adapter"
ACCOUNT_FORMS = {"signup": "verite.web.account.forms.SignUpForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # who gives no password signs in by codes
ACCOUNT_SESSION_REMEMBER = True
# An address is proved by a code before the account can be used; only so can the answer to a known address
# and to an unknown one be the same.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Its limits (by address and by account) count in the cache below: each worker for itself.
if VERITE.limits == "off":
    ACCOUNT_RATE_LIMITS = False

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "verite.web.templating.environment"},
    },
]


def _database(config: Config) -> dict[str, Any]:
    if not config.database_url:
        return {
            "ENGINE": "verite.core.db.sqlite",
            "NAME": str(config.sqlite_path),
            "CONN_MAX_AGE": None,  # a thread keeps its connection, for opening one costs as much as a page
        }
    said = postgresql_parameters(config.database_url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": said.pop("dbname"),
        "USER": said.pop("user", ""),
        "PASSWORD": said.pop("password", ""),
        "HOST": said.pop("host", ""),
        "PORT": said.pop("port", ""),
        # One connection a thread, kept; a worker has four threads, so its connections are counted.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": said,
    }


DATABASES = {"default": _database(VERITE)}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

USE_TZ = True
TIME_ZONE = VERITE.time_zone
USE_I18N = True
LANGUAGE_CODE = VERITE.language
LANGUAGES = list(SPOKEN.items())
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]

APPEND_SLASH = True
PREPEND_WWW = False
DATA_UPLOAD_MAX_MEMORY_SIZE = VERITE.body_limit_kb * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

DEFAULT_FROM_EMAIL = formataddr(
    (
        VERITE.site_name,
        VERITE.email_from
        or f"no-reply@{(urlsplit(VERITE.site_url).hostname if VERITE.site_url else '') or 'localhost'}",
    )
)
globals().update(mail.django_settings(VERITE.email_url))

TASKS = {"default": {"BACKEND": "verite.core.jobs.tasks.DatabaseTasks"}}

LOGGING_CONFIG = None
