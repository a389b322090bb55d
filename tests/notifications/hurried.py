"""The portal's settings with a sweep every second instead of every minute, and a corner of its own in Redis."""

import os

from portal.settings import *  # noqa: F403
from portal.settings import CELERY_BEAT_SCHEDULE, CELERY_BROKER_TRANSPORT_OPTIONS, CELERY_BROKER_URL

CELERY_BEAT_SCHEDULE = {"sweep-letters": CELERY_BEAT_SCHEDULE["sweep-letters"] | {"schedule": 1.0}}
if CELERY_BROKER_URL.startswith("redis://"):
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"global_keyprefix": os.environ["TEST_KEY_PREFIX"]}
