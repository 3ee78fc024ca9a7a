"""The commands of `python -m ivr`, a file for each kind of work. Each is a thin layer over a function of the desk."""
