"""Sets the number at the carrier."""
