"""JSON, feeds and what else machines read. No rules of its own: it asks queries and calls actions."""
