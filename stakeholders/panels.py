"""What stands on an organisation's page from floors above: those who work there, and later its programmes."""

from __future__ import annotations

from content.panels import Panels

ON_ORGANISATIONS = Panels()
