"""The keys that are said with the choices of a menu, by the names of their phrases."""

ARRIVAL_KEYS = ("pace-key",)
"""Few, so that whoever presses nothing soon hears the overview. The greeting has named the key to a person."""
HOME_KEYS = ("person-key", "again-key")
MENU_KEYS = ("back-key", "person-key", "again-key")
