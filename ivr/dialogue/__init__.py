"""The heart: what a key press, spoken words or a text lead to. Pure: no I/O, no clock, no memory."""
