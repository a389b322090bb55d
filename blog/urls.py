from django.urls import include, path

from blog import comment_views as comments
from blog import piece_views, views

app_name = "blog"

blog = [
    path("", views.list_, name="list"),
    path("feed/", views.feed, name="feed"),
    path("values/<slug:facet>/", views.facet, name="facet"),
    path("submit/", piece_views.submit, name="submit"),  # before the posts: none of them has this slug
    path("series/", views.all_series, name="all_series"),
    path("series/<slug:slug>/", views.series, name="series"),
    path("<slug:slug>/", views.detail, name="detail"),
]

THREAD = "<slug:slug>/discussions/<slug:address>/"
POST = f"{THREAD}posts/<int:pk>/"

discussed = [  # their order is the same in every place: templates join the parts
    path(THREAD, comments.thread, name="thread"),
    path(f"{THREAD}reply/", comments.reply, name="reply"),
    path(f"{THREAD}wish/", comments.wish, name="wish"),
    path(f"{THREAD}close/", comments.lock, name="lock"),
    path(f"{THREAD}reopen/", comments.reopen, name="reopen"),
    path(f"{POST}edit/", comments.edit, name="edit_post"),
    path(f"{POST}history/", comments.history, name="post_history"),
    path(f"{POST}translate/", comments.translate, name="translate_post"),
    path(f"{POST}translate/remove/", comments.remove_translation, name="remove_post_translation"),
]

own = [
    path("<int:pk>/", piece_views.piece, name="piece"),
    path("<int:pk>/change/", piece_views.change, name="change"),
    path("<int:pk>/answer/", piece_views.answer, name="piece_answer"),
    path("<int:pk>/approve/", piece_views.approve, name="approve"),
    path("<int:pk>/discard/", piece_views.discard, name="discard"),
]

urlpatterns = [  # under /<language>/
    path("discover/blog/", include(blog + discussed)),
    path("me/blog/", include(own)),
    path("staff/blog/<int:pk>/remarks/", piece_views.remarks, name="remarks"),
    path("discover/news/", views.news, name="news"),
    path("discover/news/feed/", views.news_feed, name="news_feed"),
]
