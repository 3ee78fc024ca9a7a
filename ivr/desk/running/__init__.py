"""A line on this machine, and content that changes while it runs."""
