from django.urls import include, path

from agenda import proposal_views, views

app_name = "agenda"

agenda = [
    path("", views.list_, name="list"),
    path("feed/", views.feed, name="feed"),
    path("calendar.ics", views.all_calendar, name="all_calendar"),
    path("propose/", proposal_views.propose, name="propose"),  # before the events: none of them has this slug
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/calendar.ics", views.one_calendar, name="calendar"),
]

own = [
    path("<int:pk>/", proposal_views.proposal, name="proposal"),
    path("<int:pk>/change/", proposal_views.change, name="change"),
    path("<int:pk>/answer/", proposal_views.answer, name="answer"),
]

urlpatterns = [  # under /<language>/
    path("discover/events/", include(agenda)),
    path("learn/livestreams/", views.livestreams, name="livestreams"),
    path("me/events/", include(own)),
]
