"""The portal's settings with a schedule of seconds instead of minutes, and static files as they are."""

from portal.settings import *  # noqa: F403
from portal.settings import CELERY_BEAT_SCHEDULE, STORAGES

CELERY_BEAT_SCHEDULE = {
    name: {**entry, "schedule": min(entry["schedule"], 1.0), "options": {"expires": 5}}
    for name, entry in CELERY_BEAT_SCHEDULE.items()
    if entry["schedule"] <= 60
}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
