"""How fast a large film CSV comes in, and in how much memory."""
