from django.urls import path

from publications import import_views

app_name = "imports"

urlpatterns = [  # under /<language>/staff/import/
    path("", import_views.imports, name="list"),
    path("<int:pk>/", import_views.import_, name="detail"),
    path("<int:pk>/write/", import_views.write_import, name="write"),
    path("<int:pk>/forget/", import_views.remove_import, name="forget"),
]
