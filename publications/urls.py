from django.urls import path

from publications import exchange_views, views

app_name = "publications"

urlpatterns = [  # under /<language>/discover/publications/
    path("", views.list_, name="list"),
    path("feed/", exchange_views.feed, name="feed"),
    path("values/<slug:facet>/", views.facet, name="facet"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/text/", views.text, name="text"),
    path("<slug:slug>/qr.svg", exchange_views.qr, name="qr"),
    path("<slug:slug>/cite.<str:style>", exchange_views.cite, name="cite"),
]
