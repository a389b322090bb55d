from django.urls import path

from publications import views

app_name = "publications"

urlpatterns = [  # under /<language>/discover/publications/
    path("", views.list_, name="list"),
    path("feed/", views.feed, name="feed"),
    path("values/<slug:facet>/", views.facet, name="facet"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/text/", views.text, name="text"),
    path("<slug:slug>/qr.svg", views.qr, name="qr"),
    path("<slug:slug>/cite.<str:style>", views.cite, name="cite"),
]
