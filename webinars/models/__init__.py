"""Webinars: what is announced, who registered, what they asked, what came of it."""

from webinars.models.announced import Organiser, Panellist, Series, Webinar
from webinars.models.asked import Question, Vote
from webinars.models.attended import Attendance, AttendanceImport, DayOfPlays, Figure
from webinars.models.invited import PanelLink, SummaryRemark
from webinars.models.polled import PollWinner
from webinars.models.recorded import Chapter, Material, Minute, Recording
from webinars.models.registered import HELD, Registration, ReminderRound

__all__ = [
    "HELD",
    "Attendance",
    "AttendanceImport",
    "Chapter",
    "DayOfPlays",
    "Figure",
    "Material",
    "Minute",
    "Organiser",
    "PanelLink",
    "Panellist",
    "PollWinner",
    "Question",
    "Recording",
    "Registration",
    "ReminderRound",
    "Series",
    "SummaryRemark",
    "Vote",
    "Webinar",
]
