"""What was counted, for the operator: a page with charts, and a table in the terminal."""
