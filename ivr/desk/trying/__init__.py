"""Calls and texts that an operator tries: where they come from, how they were read, why they failed."""
