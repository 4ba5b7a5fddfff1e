"""HTML pages and fragments. No rules of its own: it asks queries and calls actions."""
