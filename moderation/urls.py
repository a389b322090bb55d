from django.urls import path

from moderation import own_views, report_views, sanction_views, views

app_name = "moderation"

HERE = "connect/moderation/"

urlpatterns = [  # under /<language>/
    path(HERE, views.queue, name="queue"),
    path(f"{HERE}log/", views.log, name="log"),
    path(f"{HERE}<int:pk>/", views.case, name="case"),
    path(f"{HERE}<int:pk>/member/", sanction_views.give, name="sanction"),
    path(f"{HERE}sanctions/<int:pk>/lift/", sanction_views.lift, name="lift"),
    path(f"{HERE}take-up/<slug:kind_key>/<int:pk>/", views.take_up, name="take_up"),
    path(f"{HERE}report/<slug:kind_key>/<int:pk>/", report_views.report, name="report"),
    path(f"{HERE}decisions/<int:pk>/", own_views.decision, name="decision"),
    path("me/standing/", own_views.standing, name="standing"),
]
