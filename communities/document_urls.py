from django.urls import path

from communities import document_views as views
from communities import folder_views

HERE = "connect/communities/<slug:slug>/documents/"

urlpatterns = [
    path(HERE, views.documents, name="documents"),
    path(f"{HERE}add/", views.add, name="document_add"),
    path(f"{HERE}folders/<int:pk>/", folder_views.folder, name="folder"),
    path(f"{HERE}<int:pk>/", views.document, name="document"),
    path(f"{HERE}<int:pk>/version/", views.version, name="document_version"),
    path(f"{HERE}<int:pk>/change/", views.change, name="document_change"),
    path(f"{HERE}<int:pk>/remove/", views.remove, name="document_remove"),
    path(f"{HERE}<int:pk>/restore/", views.restore, name="document_restore"),
    path(f"{HERE}<int:pk>/propose/", views.propose, name="document_propose"),
]
