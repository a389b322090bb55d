from django.urls import path, re_path

from search import views

app_name = "search"

urlpatterns = [  # under /<language>/
    path("search/", views.everything, name="search"),
    path("discover/countries/", views.countries, name="countries"),
    path("discover/countries/<slug:slug>/", views.country, name="country"),
    path("discover/regions/<slug:slug>/", views.region, name="region"),
    path("discover/topics/", views.topics, name="topics"),
    path("discover/topics/glossary/", views.glossary, name="glossary"),
    path("discover/topics/<slug:slug>/", views.topic, name="topic"),
    re_path(r"^discover/goals/(?P<code>[^/\0]+)/$", views.goal, name="goal"),  # NUL is no question for PostgreSQL
]
