"""Webinars: what is announced, and who registered."""

from webinars.models.announced import Organiser, Panellist, Series, Webinar
from webinars.models.recorded import Chapter, Material, Minute, Recording
from webinars.models.registered import HELD, Registration, ReminderRound

__all__ = [
    "HELD",
    "Chapter",
    "Material",
    "Minute",
    "Organiser",
    "Panellist",
    "Recording",
    "Registration",
    "ReminderRound",
    "Series",
    "Webinar",
]
