"""What a web server loads: ``gunicorn wsgi:app``."""

from tracker.platform.lasting import lasting

with lasting():
    from tracker.application import create_app

    app = create_app()
