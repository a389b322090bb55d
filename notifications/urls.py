from django.urls import path

from notifications import outbox_views, trust_views

app_name = "notifications"

urlpatterns = [
    path("me/address/", trust_views.address, name="address"),
    path("me/address/<str:token>/", trust_views.confirm, name="trust"),
    path("staff/outbox/", outbox_views.letters, name="outbox"),
    path("staff/outbox/suspended/", outbox_views.suspended, name="suspended"),
    path("staff/outbox/suspended/<int:pk>/lift/", outbox_views.lift, name="lift"),
    path("staff/outbox/<int:pk>/", outbox_views.letter, name="letter"),
    path("staff/outbox/<int:pk>/html/", outbox_views.letter_html, name="letter_html"),
    path("staff/outbox/<int:pk>/again/", outbox_views.send_again, name="send_again"),
]
