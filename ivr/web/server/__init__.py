"""The web server's own parts: how connections wait and are answered, and what of it is logged. Gunicorn does the rest:
it starts, watches and replaces the processes, reads requests and writes answers."""
