"""What floors above make of the answers: it stands below the results of a survey."""

from __future__ import annotations

from content.panels import Panels

BELOW_RESULTS = Panels()
