from django.urls import include, path

from communities import (
    discussion_urls,
    document_urls,
    edit_views,
    joining_views,
    member_views,
    request_views,
    shelf_urls,
    views,
)

app_name = "communities"

HERE = "connect/communities/"

everybody = [
    path("", views.list_, name="list"),
    path("new/", request_views.new, name="new"),  # before the communities: none of them has this slug
    path("feed/", views.feed, name="feed"),
    path("values/<slug:facet>/", views.facet, name="facet"),
    path("invitations/<slug:key>/", joining_views.invitation, name="invitation"),
]

one = [
    path("", views.detail, name="detail"),
    path("about/", views.about, name="about"),
    path("join/", joining_views.join, name="join"),
    path("leave/", joining_views.leave, name="leave"),
    path("members/", member_views.members, name="members"),
    path("members/invite/", member_views.invite, name="invite"),
    path("members/<int:pk>/", member_views.member, name="member"),
    path("invitations/<int:pk>/", member_views.invitation_step, name="invitation_step"),
    path("edit/", edit_views.edit, name="edit"),
    path("edit/<slug:language>/", edit_views.texts, name="texts"),
    path("archive/", edit_views.archive, name="archive"),
    path("unarchive/", edit_views.unarchive, name="unarchive"),
    path("quiet/", edit_views.quiet, name="quiet"),
]

own = [
    path("", request_views.mine, name="mine"),
    path("<int:pk>/", request_views.request_, name="request"),
    path("<int:pk>/answer/", request_views.answer, name="request_answer"),
    path("<int:pk>/change/", request_views.change, name="change"),
]

urlpatterns = [
    path(HERE, include(everybody)),
    *shelf_urls.urlpatterns,  # before the communities: none of them is called `shelve`
    path("me/communities/", include(own)),
    path(f"{HERE}<slug:slug>/", include(one)),
    *discussion_urls.urlpatterns,
    *document_urls.urlpatterns,
]
