from django.urls import path

from communities import shelf_views as views

HERE = "connect/communities/<slug:slug>/shelf/"

urlpatterns = [
    path("connect/communities/shelve/", views.shelve, name="shelve"),
    path(HERE, views.shelf, name="shelf"),
    path(f"{HERE}<int:pk>/remove/", views.remove, name="shelf_remove"),
]
