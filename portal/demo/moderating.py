"""What waits in the queues of the demonstration's communities, as if members and moderators had acted hours ago."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType

from communities.models import Community
from content.services import about
from discussions.models import Post
from members.models import User
from moderation.models import Act, Case, Report
from portal.demo import chance
from portal.demo.shelf import Shelf

KIND = "post"  # key in moderation.registry
SEEN = timedelta(hours=3)  # after this a moderator decided

State, Subject, Verb = Post.State, Case.Subject, Act.Verb


def state_of(said: dict[str, Any]) -> dict[str, Any]:
    """What readers see of a post."""
    if said.get("waiting"):
        return {"state": State.WAITING, "state_at": chance.ago(said)}
    if hidden := said.get("hidden"):
        return {"state": State.HIDDEN, "state_at": chance.ago(hidden), "state_reason": hidden["reason"]}
    if removed := said.get("removed"):
        return {"state": State.REMOVED, "state_at": chance.ago(removed), "state_reason": removed["reason"]}
    return {"state": State.SHOWN}


def load(shelf: Shelf, posts: Iterable[tuple[Community, Post, dict[str, Any]]]) -> None:
    """The cases of posts that were just written, with the log."""
    for place, post, said in posts:
        desk = Desk(shelf, place, post)
        if said.get("waiting"):
            desk.hold()
        elif "removed" in said:
            desk.remove(said["removed"], said.get("appeal"))
        elif "reports" in said:
            desk.report(said)


@dataclass(frozen=True)
class Desk:
    """Where one post is decided."""

    shelf: Shelf
    place: Community
    post: Post

    def hold(self) -> None:
        case = self._open(Subject.FIRST, self.post.created_at)
        self._log(case, Verb.HELD, case.opened_at, self.post.author)

    def report(self, said: dict[str, Any]) -> None:
        """Reports; where there were three, what the rule did about them, and what the author did about that."""
        moments = [chance.ago(one) for one in said["reports"]]
        case = self._open(Subject.REPORT, min(moments), turn=1 + ("hidden" in said) + ("edited" in said))
        for one, at in zip(said["reports"], moments, strict=True):
            self._add(case, one, at)
        if "hidden" in said:
            self._log(case, Verb.AUTO_HIDDEN, self.post.state_at, None)
        if "edited" in said:
            self._log(case, Verb.EDITED, self.post.edited_at, self.post.author)

    def remove(self, removed: dict[str, Any], appeal: dict[str, Any] | None) -> None:
        at, by, reason = self.post.state_at, self.shelf.accounts[removed["by"]], removed["reason"]
        decided = {"state": "decided", "decision": "removed", "decided_by": by, "decided_at": at, "reason": reason}
        case = self._open(Subject.REPORT, at - SEEN, turn=2, **decided)
        self._add(case, removed["report"], case.opened_at)
        self._log(case, Verb.REMOVED, at, by, reason)
        if appeal:
            asked_at, words = chance.ago(appeal), appeal["words"].strip()
            second = self._open(Subject.APPEAL, asked_at, appeal_of=case, words=words)
            self._log(second, Verb.APPEALED, asked_at, self.post.author, words)

    def _open(self, subject: str, at: datetime, **more: Any) -> Case:
        return Case.objects.create(
            **about(self.post),
            **self._scope(),
            kind=KIND,
            subject=subject,
            author=self.post.author,
            language=self.post.language,
            opened_at=at,
            **more,
        )

    def _scope(self) -> dict[str, Any]:
        return {"scope_type": ContentType.objects.get_for_model(self.place), "scope_id": self.place.pk}

    def _add(self, case: Case, one: dict[str, Any], at: datetime) -> None:
        reporter = self.shelf.accounts[one["by"]]
        made = Report.objects.create(
            case=case, reporter=reporter, reason=one["reason"], text=one.get("text", ""), is_trusted=True, at=at
        )
        self._log(case, Verb.REPORTED, at, reporter, made.reason)

    def _log(self, case: Case, verb: str, at: datetime, by: User | None, reason: str = "") -> None:
        """`by` is nobody where a rule acted."""
        Act.objects.create(**self._scope(), case=case, verb=verb, at=at, by=by, whom=case.author, reason=reason)
