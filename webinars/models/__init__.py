"""Webinars: what is announced, who registered, where it is shown, what they asked, what came of it."""

from webinars.models.announced import Organiser, Panellist, Series, Webinar
from webinars.models.asked import Question, Vote
from webinars.models.attended import Attendance, AttendanceImport, DayOfPlays, Figure
from webinars.models.invited import PanelLink, SummaryApproval, SummaryRemark
from webinars.models.polled import PollWinner
from webinars.models.recorded import Chapter, Material, Minute, Recording
from webinars.models.registered import HELD, Registration, ReminderRound
from webinars.models.streamed import Stream

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
    "Stream",
    "SummaryApproval",
    "SummaryRemark",
    "Vote",
    "Webinar",
]
