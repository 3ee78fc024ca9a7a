"""The carrier: what the line asks of any (`port.py`), and one in each folder."""
