"""The house: settings, addresses and the pages that compose the other apps. Nobody imports it."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
