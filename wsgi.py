"""What a web server loads: ``gunicorn wsgi:app``."""

from tracker.application import create_app

app = create_app()
