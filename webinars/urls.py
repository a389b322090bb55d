from django.urls import include, path

from webinars import (
    attendance_views,
    edit_views,
    feedback_views,
    outcome_views,
    panel_views,
    proposal_views,
    question_views,
    register_views,
    summary_views,
    views,
)

app_name = "webinars"

everybody = [
    path("", views.list_, name="list"),
    path("feed/", views.feed, name="feed"),  # before the webinars: none of them has this slug
    path("calendar.ics", views.calendar, name="all_calendar"),
    path("values/<slug:facet>/", views.facet, name="facet"),
]

one = [
    path("", views.detail, name="detail"),
    path("calendar.ics", views.one_calendar, name="calendar"),
    path("register/", register_views.register, name="register"),
    path("registered/", register_views.registered, name="registered"),
    path("mine/<slug:key>/", register_views.own, name="own"),
    path("mine/<slug:key>/calendar.ics", register_views.own_calendar, name="own_calendar"),
    path("mine/<slug:key>/join/", register_views.join, name="join"),
    path("mine/<slug:key>/questions/", question_views.own_questions, name="own_questions"),
    path("mine/<slug:key>/questions/<int:pk>/", question_views.own_question_step, name="own_question_step"),
    path("mine/<slug:key>/feedback/", feedback_views.own_feedback, name="feedback"),
    path("questions/", question_views.questions, name="questions"),
    path("questions/<int:pk>/", question_views.question_step, name="question_step"),
    path("panel/<slug:key>/", panel_views.panel, name="panel"),
    path("panel/<slug:key>/questions/<int:pk>/", panel_views.panel_question, name="panel_question"),
    path("panel/<slug:key>/summary/<slug:language>/", panel_views.panel_summary, name="panel_summary"),
    path("room/", register_views.room, name="room"),
    path("edit/", edit_views.facts, name="edit_facts"),
    path("edit/time/", edit_views.time, name="edit_time"),
    path("edit/panel/", edit_views.panel, name="edit_panel"),
    path("edit/panel/<int:pk>/", edit_views.panel_step, name="panel_step"),
    path("edit/panel/<int:pk>/link/", summary_views.panel_link, name="panel_link"),
    path("edit/organisers/", edit_views.organisers, name="edit_organisers"),
    path("edit/organisers/<int:pk>/", edit_views.organiser_step, name="organiser_step"),
    path("edit/people/", edit_views.people, name="edit_people"),
    path("edit/cancel/", edit_views.cancel, name="edit_cancel"),
    path("edit/questions/", question_views.edit_questions, name="edit_questions"),
    path("edit/questions/<int:pk>/", question_views.edit_question, name="edit_question"),
    path("edit/questions/<int:pk>/step/", question_views.answer_step, name="answer_step"),
    path("edit/summary/", summary_views.edit_summary, name="edit_summary"),
    path("edit/streams/", outcome_views.streams, name="edit_streams"),
    path("edit/streams/<int:pk>/", outcome_views.stream_step, name="stream_step"),
    path("edit/recordings/", outcome_views.recordings, name="edit_recordings"),
    path("edit/recordings/<int:pk>/", outcome_views.recording_step, name="recording_step"),
    path("edit/files/", outcome_views.materials, name="edit_materials"),
    path("edit/files/<int:pk>/", outcome_views.material_step, name="material_step"),
    path("edit/attendance/", attendance_views.attendance, name="edit_attendance"),
    path("edit/attendance/figures/", attendance_views.figures, name="edit_figures"),
    path("edit/attendance/figures/<int:pk>/", attendance_views.figure_step, name="figure_step"),
    path("edit/attendance/<int:pk>/", attendance_views.report, name="edit_report"),
    path("edit/attendance/<int:pk>/step/", attendance_views.report_step, name="report_step"),
    path("edit/feedback/", attendance_views.answers, name="edit_feedback"),
    path("transcript/<slug:language>/", outcome_views.transcript, name="transcript"),
    path("edit/texts/<slug:language>/", edit_views.texts, name="edit_texts"),
]

series = [
    path("", views.all_series, name="all_series"),
    path("<slug:slug>/", views.series, name="series"),
    path("<slug:slug>/calendar.ics", views.series_calendar, name="series_calendar"),
    path("<slug:slug>/figures/", attendance_views.series_figures, name="series_figures"),
    path("<slug:slug>/figures.csv", attendance_views.series_table, name="series_table"),
    path("<slug:slug>/winners/<slug:poll>/", feedback_views.choose_winners, name="winners"),
]

own = [
    path("", proposal_views.mine, name="mine"),
    path("<int:pk>/", proposal_views.proposal, name="proposal"),
    path("<int:pk>/send/", proposal_views.send, name="send"),
    path("<int:pk>/answer/", proposal_views.answer, name="answer"),
]

urlpatterns = [
    path("learn/webinars/", include(everybody)),
    path("learn/webinars/<slug:slug>/", include(one)),
    path("learn/series/", include(series)),
    path("me/webinars/", include(own)),
    path("staff/webinars/", summary_views.all_webinars, name="board"),
    path("connect/communities/<slug:slug>/webinars/", proposal_views.community, name="community"),
    path("connect/communities/<slug:slug>/webinars/new/", proposal_views.new, name="new"),
]
