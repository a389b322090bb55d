"""Webinars: what is announced, and who registered."""

from webinars.models.announced import Organiser, Panellist, Series, Webinar

__all__ = ["Organiser", "Panellist", "Series", "Webinar"]
