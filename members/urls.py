from django.urls import path

from members import privacy_views

app_name = "members"
urlpatterns = [
    path("privacy/", privacy_views.privacy, name="privacy"),
    path("privacy/consents/<slug:purpose>/", privacy_views.consent, name="consent"),
    path("privacy/export/", privacy_views.export, name="export"),
    path("privacy/export/download/", privacy_views.download, name="download"),
    path("privacy/delete/", privacy_views.erase, name="erase"),
]
