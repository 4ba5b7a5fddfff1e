from tests.discovery.shelves import a_shelf_without_rest  # noqa: F401 (pytest finds it here)
