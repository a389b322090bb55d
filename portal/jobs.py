"""The settings of Celery: how a broker is reached, what a worker takes, and what falls due when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0


def _every(seconds: float, task: str, *, or_never: bool = False) -> dict[str, Any]:
    """`or_never`: one that waited for longer than until the next is left out."""
    return {"task": task, "schedule": seconds} | ({"options": {"expires": seconds}} if or_never else {})


CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "follow-changes": {"task": "search.tasks.follow_changes", "schedule": 2.0, "options": {"expires": 10}},
    "note-visited": _every(_HOUR, "portal.tasks.note_visited"),
    "forget-visitors": _every(_HOUR, "content.tasks.forget_visitors"),
    "make-due-exports": _every(_MINUTE, "members.tasks.make_due_exports", or_never=True),
    "forget": _every(_HOUR, "members.tasks.forget"),
    "remove-orphans": _every(_DAY, "files.tasks.remove_orphans"),
    "work-on-imports": _every(_MINUTE, "publications.tasks.work_on_imports", or_never=True),
    "forget-imports": _every(_DAY, "publications.tasks.forget_imports"),
    "remove-forgotten-drafts": _every(_HOUR, "publications.tasks.remove_forgotten_drafts"),
    "look-for-quiet-communities": _every(_HOUR, "communities.tasks.look_for_quiet"),
    "forget-invitations": _every(_DAY, "communities.tasks.forget_invitations"),
    "remove-forgotten-posts": _every(_HOUR, "discussions.tasks.remove_forgotten_posts"),
    "remind-of-webinars": _every(_MINUTE, "webinars.tasks.remind", or_never=True),
    "tend-webinars": _every(_MINUTE, "webinars.tasks.tend", or_never=True),
    "forget-registrations": _every(_DAY, "webinars.tasks.forget_registrations"),
    "tell-followers": _every(_MINUTE, "notifications.tasks.tell_followers", or_never=True),
    "tell-of-posts": _every(_MINUTE, "discussions.tasks.tell_of_posts", or_never=True),
    "gather-digests": _every(_MINUTE, "notifications.tasks.gather_digests", or_never=True),
    "forget-notices": _every(_DAY, "notifications.tasks.forget_notices"),
    "sweep-letters": _every(_MINUTE, "notifications.tasks.sweep", or_never=True),
    "forget-letters": _every(_DAY, "notifications.tasks.forget"),
    "heartbeat": _every(20.0, "portal.tasks.heartbeat", or_never=True),
}


def transport(broker: str, var: Path) -> dict[str, Any]:
    """Options of the way to `broker`."""
    if not broker.startswith("filesystem://"):
        # A page that wakes a worker does not wait for a broker that is away: the schedule finds the work.
        return {"max_retries": 1, "interval_start": 0, "socket_connect_timeout": 2, "socket_timeout": 2}
    folders = {name: var / "broker" / name for name in ("in", "processed", "control")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(folders["in"]),
        "data_folder_out": str(folders["in"]),
        "processed_folder": str(folders["processed"]),
        "control_folder": str(folders["control"]),
        "store_processed": False,
    }
