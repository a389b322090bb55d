"""Pages of discussions below those of a community. Their order is the same in every place: templates join the parts."""

from django.urls import path

from communities import discussion_views as views

HERE = "connect/communities/<slug:slug>/discussions/"
THREAD = f"{HERE}<slug:address>/"
POST = f"{THREAD}posts/<int:pk>/"

urlpatterns = [
    path(f"{HERE}start/", views.start, name="start"),
    path(f"{HERE}read/", views.read_all, name="read_all"),
    path(THREAD, views.thread, name="thread"),
    path(f"{THREAD}reply/", views.reply, name="reply"),
    path(f"{THREAD}wish/", views.wish, name="wish"),
    path(f"{THREAD}answer/", views.answer, name="answer"),
    path(f"{THREAD}pin/", views.pin, name="pin"),
    path(f"{THREAD}close/", views.lock, name="lock"),
    path(f"{THREAD}reopen/", views.reopen, name="reopen"),
    path(f"{THREAD}title/", views.retitle, name="retitle"),
    path(f"{THREAD}move/", views.move, name="move"),
    path(f"{POST}edit/", views.edit, name="edit_post"),
    path(f"{POST}history/", views.history, name="post_history"),
    path(f"{POST}translate/", views.translate, name="translate_post"),
    path(f"{POST}translate/remove/", views.remove_translation, name="remove_post_translation"),
]
