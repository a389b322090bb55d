from django.urls import path

from communities import discussion_urls, views

app_name = "communities"

HERE = "connect/communities/"

urlpatterns = [
    path(f"{HERE}<slug:slug>/", views.detail, name="detail"),
    *discussion_urls.urlpatterns,
]
