"""The keys that are said with the choices of a menu, by the names of their phrases."""

ARRIVAL_KEYS = ("again-key", "pace-key")
"""The greeting has named the key to a person already."""
HOME_KEYS = ("person-key", "again-key")
MENU_KEYS = ("back-key", "person-key", "again-key")
