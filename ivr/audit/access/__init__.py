"""Walks the running line as callers and texters do, and measures each rule of accessibility on what they get."""

from ivr.audit.access.measurement import Measurement
from ivr.audit.access.table import measure, measure_line, print_tables

__all__ = ["Measurement", "measure", "measure_line", "print_tables"]
