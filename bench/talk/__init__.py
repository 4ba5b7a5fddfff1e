"""Talk: how fast comments are written, and threads of any length are read."""
