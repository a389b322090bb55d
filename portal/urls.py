"""Where everything is. Pages stand under a language; what is the same in every language does not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from content.zone_views import time_zone
from members import account_views
from notifications.hook_views import mail as mail_hook
from portal import about, me_views, review_views, sitemaps, trail_views, views

admin.site.login = account_views.staff_door

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
        path("time-zone/", time_zone, name="time_zone"),
        path("accounts/signup/", account_views.join, name="account_signup"),
        path("accounts/", include("allauth.urls")),
        path("accounts/email/remove/", account_views.remove_address, name="account_remove_email"),
        path("me/", me_views.overview, name="me"),
        path("me/", include("members.urls")),
        path("about/privacy/", about.privacy_notice, name="privacy_notice"),
        path("about/privacy/<str:version>/", about.privacy_notice, name="privacy_notice"),
        path("about/terms/", about.terms, name="terms"),
        path("about/terms/<str:version>/", about.terms, name="terms"),
        path("about/conduct/", about.conduct_text, name="conduct"),
        path("about/conduct/<str:version>/", about.conduct_text, name="conduct"),
        path("about/account-deleted/", about.account_erased, name="account_erased"),
        path("", include("publications.urls")),
        path("", include("webinars.urls")),
        path("discover/stakeholders/", include("stakeholders.urls")),
        path("", include("people.urls")),
        path("", include("blog.urls")),
        path("", include("agenda.urls")),
        path("", include("communities.urls")),
        path("", include("moderation.urls")),
        path("", include("discussions.urls")),
        path("", include("surveys.urls")),
        path("", include("search.urls")),
        path("", include("notifications.urls")),
        path("staff/import/", include("publications.staff_urls")),
        path("staff/review/", review_views.queue, name="review"),
        path("staff/review/<int:pk>/", review_views.case, name="review_case"),
        path("staff/trail/", trail_views.entries, name="trail"),
        path("staff/trail/<int:pk>/restore/", trail_views.restore, name="trail_restore"),
        path("staff/admin/", admin.site.urls),
    ),
]

handler403 = "portal.views.forbidden"
handler429 = "portal.views.too_many"  # allauth looks for it here
handler404 = "portal.views.not_found"
handler500 = "portal.views.failed"
