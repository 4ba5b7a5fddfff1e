"""The server: uvicorn, with the page cache in front of a few Django threads (docs/decisions/0002-server.md)."""

from verite.project.server.listening import AddressInUse, CannotListen, serve

__all__ = ["AddressInUse", "CannotListen", "serve"]
