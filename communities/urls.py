from django.urls import path

from communities import discussion_urls, document_urls, shelf_urls, views

app_name = "communities"

HERE = "connect/communities/"

urlpatterns = [
    *shelf_urls.urlpatterns,  # before the communities: none of them is called `shelve`
    path(f"{HERE}<slug:slug>/", views.detail, name="detail"),
    *discussion_urls.urlpatterns,
    *document_urls.urlpatterns,
]
