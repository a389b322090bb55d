"""Rows of the blog: what everybody reads, what is said about it, and what a member writes with the editors."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from blog import pieces
from tests.access.rows import EVERYBODY, MEMBERS_ROOM, RECORD, Codes, Row, answers, page
from tests.access.sent import ANY, DONE, FORM, IN, ONLY_READ, OWN, Data, Sent, sends
from tests.world import World

PUBLIC = "published"
MEMBERS: dict[str, Codes] = {PUBLIC: answers(302, member=200)}
DEED: dict[str, Codes] = {PUBLIC: answers(302, member=405)}
PIECE: dict[str, Codes] = {
    **dict.fromkeys(("own_draft", "own_in_review"), answers(302, member=200, other_member=404)),
    **dict.fromkeys(("draft", "published"), answers(302, member=404)),
}
STEP: dict[str, Codes] = dict.fromkeys(("own_draft", "own_in_review"), answers(302, member=405))
REMARKS: dict[str, Codes] = {"own_in_review": answers(302, member=403, staff=200)}
WORDS = sends(text="A word.", language="en")


def of_post(name: str, codes: dict[str, Codes]) -> Row:
    return Row(codes, lambda world, state: reverse(f"blog:{name}", args=[world.written.posts[state].slug]))


def of_piece(name: str, codes: dict[str, Codes]) -> Row:
    return Row(codes, lambda world, state: reverse(f"blog:{name}", args=[world.written.posts[state].pk]))


def of_thread(name: str, codes: dict[str, Codes]) -> Row:
    def address(world: World, state: str) -> str:
        post = world.written.posts[state]
        return reverse(f"blog:{name}", args=[post.slug, post.thread.address])

    return Row(codes, address)


def of_comment(name: str, codes: dict[str, Codes]) -> Row:
    def address(world: World, state: str) -> str:
        post = world.written.posts[state]
        return reverse(f"blog:{name}", args=[post.slug, post.thread.address, world.written.comment.pk])

    return Row(codes, address)


ROWS: dict[str, Row] = {
    "blog:list": page("blog:list"),
    "blog:feed": page("blog:feed"),
    "blog:facet": page("blog:facet", "country"),
    "blog:news": page("blog:news"),
    "blog:news_feed": page("blog:news_feed"),
    "blog:all_series": page("blog:all_series"),
    "blog:series": page("blog:series", "from-the-field"),
    "blog:detail": of_post("detail", RECORD),
    "blog:thread": of_thread("thread", {PUBLIC: EVERYBODY}),
    "blog:reply": of_thread("reply", MEMBERS),
    "blog:wish": of_thread("wish", DEED),
    "blog:lock": of_thread("lock", {PUBLIC: answers(302, member=403, staff=200)}),
    "blog:reopen": of_thread("reopen", DEED),
    "blog:edit_post": of_comment("edit_post", {PUBLIC: answers(302, member=200, other_member=403)}),
    "blog:post_history": of_comment("post_history", {PUBLIC: EVERYBODY}),
    "blog:translate_post": of_comment("translate_post", MEMBERS),
    "blog:remove_post_translation": of_comment("remove_post_translation", DEED),
    "blog:submit": Row(MEMBERS_ROOM, lambda world, state: reverse("blog:submit")),
    "blog:piece": of_piece("piece", PIECE),
    "blog:change": of_piece("change", PIECE),
    "blog:piece_answer": of_piece("piece_answer", STEP),
    "blog:approve": of_piece("approve", STEP),
    "blog:discard": of_piece("discard", PIECE | {"own_in_review": answers(302, member=403, other_member=404)}),
    "blog:remarks": of_piece("remarks", REMARKS),
}


def text(world: World, state: str) -> dict[str, Any]:
    """What somebody writes for the blog."""
    return {"language": "en", "title": "What I saw", "summary": "In short.", "body": "In long.", "send": "1"}


def seen(world: World, state: str) -> dict[str, Any]:
    return {"seen": pieces.fingerprint(world.written.posts[state])}


def said(codes: Codes, data: Data = lambda world, state: {}) -> Sent:
    return Sent({PUBLIC: codes}, data)


KNOWN = ("trusted", "ambassador", "community_admin", "staff")  # trusted by their role, or moderating somewhere
MODERATORS = answers(IN, member=403, staff=DONE)
NOT_SENT_YET = answers(IN, member=403, other_member=404)
WRITING: dict[str, Sent] = {
    "blog:reply": said(answers(IN, member=DONE), WORDS),
    "blog:wish": said(answers(IN, member=DONE), sends(wish="follow")),
    "blog:lock": said(MODERATORS, sends(reason="It was answered.")),
    "blog:reopen": said(MODERATORS),
    "blog:edit_post": said(answers(IN, member=DONE, other_member=403), WORDS),
    # New members translate once their first posts were approved.
    "blog:translate_post": said(
        answers(IN, other_member=FORM, **dict.fromkeys(("member", *KNOWN), DONE)), sends(text="Un mot.", language="fr")
    ),
    "blog:remove_post_translation": said(
        answers(IN, member=DONE, other_member=403, staff=DONE), sends(language="fr", reason="It says the opposite.")
    ),
    "blog:submit": Sent(ANY, text),
    "blog:piece": Sent({"own_draft": ONLY_READ.answers[""]}),
    "blog:change": Sent(dict.fromkeys(("own_draft", "own_in_review"), OWN[""]), text),
    "blog:piece_answer": Sent({"own_draft": NOT_SENT_YET, "own_in_review": OWN[""]}, sends(text="Here it is.")),
    "blog:approve": Sent({"own_draft": NOT_SENT_YET, "own_in_review": OWN[""]}, seen),
    "blog:discard": Sent({"own_draft": OWN[""], "own_in_review": NOT_SENT_YET}),
    "blog:remarks": Sent(
        {"own_in_review": answers(IN, member=403, staff=DONE)}, sends(paragraph="1", text="Say how you know.")
    ),
}
