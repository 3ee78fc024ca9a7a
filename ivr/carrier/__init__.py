"""Carriers: `port.py` says what the line needs from any of them; each folder implements one."""
