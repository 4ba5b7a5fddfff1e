from tests.discovery.conftest import a_shelf_without_rest

__all__ = ["a_shelf_without_rest"]
