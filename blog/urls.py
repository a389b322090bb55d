from django.urls import include, path

from blog import views

app_name = "blog"

blog = [
    path("", views.list_, name="list"),
    path("feed/", views.feed, name="feed"),
    path("values/<slug:facet>/", views.facet, name="facet"),
    path("series/", views.all_series, name="all_series"),
    path("series/<slug:slug>/", views.series, name="series"),
    path("<slug:slug>/", views.detail, name="detail"),
]

urlpatterns = [  # under /<language>/
    path("discover/blog/", include(blog)),
    path("discover/news/", views.news, name="news"),
    path("discover/news/feed/", views.news_feed, name="news_feed"),
]
