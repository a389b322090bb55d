"""Webinars: what is announced, and who registered."""

from webinars.models.announced import Organiser, Panellist, Series, Webinar
from webinars.models.registered import HELD, Registration, ReminderRound

__all__ = ["HELD", "Organiser", "Panellist", "Registration", "ReminderRound", "Series", "Webinar"]
