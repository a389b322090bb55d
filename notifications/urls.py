from django.urls import path

from notifications import follow_views, notice_views, preference_views, stop_views

app_name = "notifications"

urlpatterns = [
    path("me/letters/", preference_views.edit, name="preferences"),
    path("me/letters/pause/", preference_views.pause, name="pause"),
    path("me/letters/resume/", preference_views.resume, name="resume"),
    path("me/notices/", notice_views.list_, name="notices"),
    path("me/notices/read/", notice_views.read, name="read"),
    path("follow/<slug:key>/<int:pk>/", follow_views.follow, name="follow"),
    path("follow/<slug:key>/<int:pk>/stop/", follow_views.unfollow, name="unfollow"),
    path("letters/stop/<str:token>/", stop_views.stop, name="stop"),
    path("letters/undo/", stop_views.undo, name="undo"),
]
