from django.urls import include, path

from publications import contribution_views, exchange_views, upload_views, views

app_name = "publications"

upload = [
    path("", upload_views.begin, name="upload"),
    path("<slug:key>/file/", upload_views.file, name="draft_file"),
    path("<slug:key>/details/", upload_views.details, name="draft_details"),
    path("<slug:key>/check/", upload_views.check, name="draft_check"),
    path("<slug:key>/discard/", upload_views.discard, name="draft_discard"),
    path("<slug:key>/same/<int:pk>/", upload_views.same, name="draft_same"),
    path("<slug:key>/other/<int:pk>/", upload_views.other, name="draft_other"),
]

library = [
    path("", views.list_, name="list"),
    path("upload/", include(upload)),  # before the records: none of them has this slug
    path("feed/", exchange_views.feed, name="feed"),
    path("values/<slug:facet>/", views.facet, name="facet"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/text/", views.text, name="text"),
    path("<slug:slug>/qr.svg", exchange_views.qr, name="qr"),
    path("<slug:slug>/cite.<str:style>", exchange_views.cite, name="cite"),
]

own = [
    path("", contribution_views.mine, name="mine"),
    path("<int:pk>/", contribution_views.contribution, name="contribution"),
    path("<int:pk>/answer/", contribution_views.answer, name="answer"),
    path("<int:pk>/change/", contribution_views.change, name="change"),
    path("<int:pk>/withdraw/", contribution_views.withdraw, name="withdraw"),
]

urlpatterns = [  # under /<language>/
    path("discover/publications/", include(library)),
    path("me/contributions/", include(own)),
]
