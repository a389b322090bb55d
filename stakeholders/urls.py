from django.urls import path

from stakeholders import views

app_name = "stakeholders"

urlpatterns = [  # under /<language>/discover/stakeholders/
    path("", views.list_, name="list"),
    path("feed/", views.feed, name="feed"),
    path("values/<slug:facet>/", views.facet, name="facet"),
    path("<slug:slug>/", views.detail, name="detail"),
]
