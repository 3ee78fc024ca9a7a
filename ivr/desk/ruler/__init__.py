"""Walks the running line as callers and texters do, and measures each rule of accessibility on what they get."""

from ivr.desk.ruler.reading import Reading
from ivr.desk.ruler.table import measure, measure_line, print_table

__all__ = ["Reading", "measure", "measure_line", "print_table"]
