"""Where everything is. Pages stand under a language; what is the same in every language does not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from notifications.hook_views import mail as mail_hook
from portal import sitemaps, views

urlpatterns = [
    path("", views.front_door),
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("theme.css", views.theme_stylesheet, name="theme"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:key>-<int:number>.xml", sitemaps.sitemap, name="sitemap"),
    path("files/", include("files.urls")),
    path("hooks/mail/", mail_hook, name="mail_hook"),
    path("p/<str:code>", views.short_address, name="short_address"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("opensearch.xml", views.opensearch, name="opensearch"),
        path("styleguide/", views.styleguide, name="styleguide"),
        path("accounts/", include("allauth.urls")),
        path("discover/publications/", include("publications.urls")),
        path("discover/stakeholders/", include("stakeholders.urls")),
        path("", include("search.urls")),
        path("", include("notifications.urls")),
        path("staff/import/", include("publications.staff_urls")),
        path("staff/admin/", admin.site.urls),
    ),
]

handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.failed"
