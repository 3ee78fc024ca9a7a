"""The heart: what a key or a text leads to. Pure."""
