"""The one way to ask another host for something: guarded, because others choose the address."""

from .client import Answer, fetch
from .errors import FetchFailed, FetchRefused

__all__ = ["Answer", "FetchFailed", "FetchRefused", "fetch"]
