from django.urls import path

from discussions import views

app_name = "discussions"

urlpatterns = [  # under /<language>/
    path("connect/discussions/", views.list_, name="list"),
    path("connect/discussions/feed/", views.feed, name="feed"),
    path("connect/discussions/<slug:address>/", views.detail, name="detail"),
]
