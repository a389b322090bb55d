from django.urls import path

from files import views

app_name = "files"

urlpatterns = [  # under /files/
    path("<slug:key>/preview.webp", views.preview, name="preview"),
    path("<slug:key>/<str:name>", views.download, name="download"),
]
