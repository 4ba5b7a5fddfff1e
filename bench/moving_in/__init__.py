"""How fast a WordPress site moves in, and in how much memory."""
