"""One worker, put together from the settings."""

from __future__ import annotations

import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from verite.project.pagecache.cache import PageCache
from verite.project.pagecache.store import Store
from verite.project.pagecache.validators import SqliteValidator, Validator
from verite.project.server.django_threads import DjangoThreads
from verite.project.server.front import Front
from verite.project.server.media import MediaFolder
from verite.project.server.proxies import TrustedProxies

DJANGO_THREADS = 4
READING_THREADS = 4
MOST_CONNECTIONS = 2000

# A thread that computes keeps the interpreter for 5 ms unless told otherwise, and the event loop has to get
# it back several times for one page: p99 of a kept page beside four busy threads was 35 to 62 ms with 5 ms,
# 14 to 20 with this, and the threads were none the slower.
SWITCH_SECONDS = 0.0005

# What Django passes on for connections that it uses itself.
DJANGO_PARAMETERS = ("context", "cursor_factory", "prepare_threshold")


def front() -> Front:
    """The ASGI application of this process; uvicorn calls it once, in each worker."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()  # what is here now stays: looking through it for garbage holds everybody up for some 50 ms
    threads = DjangoThreads(DJANGO_THREADS, writes_in_turn=connection.vendor == "sqlite")
    packer = ThreadPoolExecutor(1, thread_name_prefix="packer")
    reader = ThreadPoolExecutor(READING_THREADS, thread_name_prefix="media")
    config = settings.VERITE
    return Front(
        pages=PageCache(Store(config.page_cache_mb * 1024 * 1024), validator(), threads.make, packer),
        threads=threads,
        media=MediaFolder(config.media, reader),
        proxies=TrustedProxies(config.trusted_proxies),
        body_limit=config.body_limit_kb * 1024,
        most_connections=MOST_CONNECTIONS,
    )


def validator() -> Validator:
    """The one that suits the database in the settings."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return SqliteValidator(Path(connection.settings_dict["NAME"]))
    from verite.project.pagecache.postgres_validator import PostgresValidator

    parameters = connection.get_connection_params()
    for name in DJANGO_PARAMETERS:
        parameters.pop(name, None)
    return PostgresValidator(parameters)
