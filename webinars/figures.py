"""How many registered, from where: for organisers, without names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.translation import gettext as _

from taxonomy.models import Country
from webinars.models import Registration

if TYPE_CHECKING:
    from webinars.models import Webinar

State = Registration.State


def of(webinar: Webinar) -> dict[str, Any]:
    """In four queries."""
    rows = webinar.registrations.order_by()
    states = dict(rows.values_list("state").annotate(number=Count("pk")))
    unconfirmed = rows.filter(state=State.IN, confirmed_at=None).count()
    come = rows.filter(state=State.IN, confirmed_at__isnull=False)
    countries = list(come.values_list("country").annotate(number=Count("pk")).order_by("-number"))
    names = {one.pk: str(one) for one in Country.objects.filter(pk__in=[pk for pk, _number in countries])}
    sectors = come.values_list("sector").annotate(number=Count("pk")).order_by("-number")
    labels = dict(Registration.Sector.choices)
    return {
        "numbers": {
            "registered": states.get(State.IN, 0) - unconfirmed,
            "unconfirmed": unconfirmed,
            "waiting": states.get(State.WAITING, 0) + states.get(State.OFFERED, 0),
            "cancelled": states.get(State.CANCELLED, 0) + states.get(State.LAPSED, 0),
        },
        "countries": [(names.get(pk, _("Not said")), number) for pk, number in countries],
        "sectors": [(labels.get(key) or _("Not said"), number) for key, number in sectors],
    }
