"""A gunicorn worker of our own: how connections wait and are answered, and what is logged. Gunicorn does the rest: it
starts, watches and replaces processes, parses requests and writes responses."""
