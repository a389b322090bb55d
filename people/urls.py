from django.urls import path

from people import contact_views, own_views, staff_views, views

app_name = "people"

urlpatterns = [  # under /<language>/
    path("connect/members/", views.list_, name="list"),
    path("connect/members/values/<slug:facet>/", views.facet, name="facet"),
    path("connect/members/<slug:handle>/", views.detail, name="detail"),
    path("connect/members/<slug:handle>/write/", contact_views.write, name="write"),
    path("connect/members/<slug:handle>/block/", contact_views.block, name="block"),
    path("connect/members/<slug:handle>/report/", contact_views.report, name="report"),
    path("connect/members/<slug:handle>/all/<slug:key>/", views.contributed, name="contributed"),
    path("me/welcome/", own_views.welcome, name="welcome"),
    path("me/profile/", own_views.edit, name="edit"),
    path("me/profile/photo/", own_views.photo, name="photo"),
    path("me/profile/organisations/", own_views.affiliate, name="find_organisation"),
    path("me/profile/organisations/<slug:slug>/", own_views.affiliate, name="affiliate"),
    path("me/profile/organisations/<int:pk>/remove/", own_views.leave_organisation, name="leave_organisation"),
    path("me/profile/blocks/<int:pk>/remove/", contact_views.unblock, name="unblock"),
    path("me/messages/", contact_views.message_list, name="messages"),
    path("me/messages/<int:pk>/", contact_views.message, name="message"),
    path("staff/reports/", staff_views.reports, name="reports"),
    path("staff/reports/<int:pk>/", staff_views.report, name="report_detail"),
]
