"""Words of the pages of accounts."""

from __future__ import annotations

import re

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# In this order: each names itself as those after it, too.
BROWSERS = (
    (r"Edg\w*/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
)
SYSTEMS = (
    (r"Android", "Android"),
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Windows", "Windows"),
    (r"Mac OS X", "macOS"),
    (r"Linux", "Linux"),
)


@register.filter
def browser(agent: str) -> str:
    """What a person calls the device that a long technical name stands for."""
    names = [next((name for shape, name in known if re.search(shape, agent)), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, names)) or _("A program or an unknown browser")
