"""Webinars: what is announced, and who registered."""

from webinars.models.announced import Organiser, Panellist, Series, Webinar
from webinars.models.recorded import Chapter, Material, Minute, Recording

__all__ = ["Chapter", "Material", "Minute", "Organiser", "Panellist", "Recording", "Series", "Webinar"]
