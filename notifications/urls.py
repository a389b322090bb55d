from django.urls import path

from notifications import follow_views, notice_views, outbox_views, preference_views, stop_views, trust_views

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
    path("me/address/", trust_views.address, name="address"),
    path("me/address/<str:token>/", trust_views.confirm, name="trust"),
    path("staff/outbox/", outbox_views.letters, name="outbox"),
    path("staff/outbox/suspended/", outbox_views.suspended, name="suspended"),
    path("staff/outbox/suspended/<int:pk>/lift/", outbox_views.lift, name="lift"),
    path("staff/outbox/<int:pk>/", outbox_views.letter, name="letter"),
    path("staff/outbox/<int:pk>/html/", outbox_views.letter_html, name="letter_html"),
    path("staff/outbox/<int:pk>/again/", outbox_views.send_again, name="send_again"),
]
