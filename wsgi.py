"""What a web server loads: ``gunicorn wsgi:app``."""

from tracker import create_app

app = create_app()
