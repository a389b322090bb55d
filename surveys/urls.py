from django.urls import path

from surveys import views

app_name = "surveys"

urlpatterns = [  # under /<language>/
    path("connect/surveys/", views.list_, name="list"),
    path("connect/surveys/<slug:slug>/", views.detail, name="detail"),
    path("connect/surveys/<slug:slug>/answer/", views.answer, name="answer"),
    path("connect/surveys/<slug:slug>/answers.csv", views.table, name="table"),
]
