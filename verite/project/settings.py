"""Django's settings, made from ``config.Config``. Nothing here is for operators to edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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
    "django_tasks",
    "verite.core",
    "verite.accounts",
    "verite.pages",
    "verite.catalogue",
    "verite.discovery",
    "verite.web",
]

MIDDLEWARE = [
    "verite.web.security.SecurityHeaders",
    "verite.web.same_origin.SameOriginOnly",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "verite.web.browsing.errors.SaysWhatIsAllowed",
]

ROOT_URLCONF = "verite.project.urls"
WSGI_APPLICATION = None
AUTH_USER_MODEL = "accounts.Member"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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

EMAIL_BACKEND = "verite.core.mail.ConsoleAndFolderBackend"

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

LOGGING_CONFIG = None
