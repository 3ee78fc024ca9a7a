"""How fast the line is, beside an empty route and beside the usual way of building one: `make bench`."""
