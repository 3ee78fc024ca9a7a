"""Carriers: `port.py` and `account.py` say what the line needs from any of them; each folder implements one."""
