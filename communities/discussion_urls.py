from django.urls import path

from communities import discussion_views as views

HERE = "connect/communities/<slug:slug>/discussions/"

urlpatterns = [
    path(f"{HERE}<slug:address>/", views.thread, name="thread"),
]
