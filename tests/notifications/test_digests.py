"""Summaries: due by rows, one a day, each item once, and nothing its reader may not see."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from content import services
from notifications import digests, following, kinds, notices, preferences
from notifications.models import Letter, Notice
from tests import factories

pytestmark = pytest.mark.django_db

THURSDAY = datetime(2026, 11, 26, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 7, 0, 1, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(THURSDAY, tick=False) as traveller:
        yield traveller


def digest_of(user) -> Letter:
    return Letter.objects.get(user=user, kind=kinds.SUMMARY)


def words(letter: Letter) -> list[tuple[str, list[str]]]:
    context = digests.context_of(letter)
    return [(section["heading"], [item["text"] for item in section["items"]]) for section in context["sections"]]


def test_a_summary_waits_for_its_hour(clock, member, published, kenya):
    following.follow(user=member, what=kenya)
    following.tell_followers(published)
    clock.move_to(MONDAY - timedelta(seconds=2))
    assert digests.gather() == 0
    clock.move_to(MONDAY)
    assert digests.gather() == 1
    assert digests.gather() == 0
    assert words(digest_of(member)) == [("Because you follow Kenya", ["Hunger grants"])]


def test_its_hour_is_that_of_the_reader(clock, member, published, kenya):
    member.time_zone = "Pacific/Fiji"
    member.save()
    following.follow(user=member, what=kenya)
    following.tell_followers(published)
    assert Notice.objects.get().summary_due_at == datetime(2026, 11, 30, 7, tzinfo=ZoneInfo("Pacific/Fiji"))
    clock.move_to(datetime(2026, 11, 29, 19, 1, tzinfo=UTC))
    digests.gather()
    assert digest_of(member).occasion == f"digest:{member.pk}:2026-11-30"


def test_an_item_that_three_follows_bring_stands_once(clock, member, published, kenya, uganda, topics):
    for what in (kenya, uganda, topics[1]):
        following.follow(user=member, what=what)
    other = factories.publication("Second thoughts")
    other.countries.set([uganda])
    for record in (published, other):
        following.tell_followers(record)
    clock.move_to(MONDAY)
    digests.gather()
    letter = digest_of(member)
    (heading, items), *others = words(letter)
    assert (heading, sorted(items)) == ("Because you follow Uganda", ["Hunger grants", "Second thoughts"])
    assert others == []
    also = [item["also"] for item in digests.context_of(letter)["sections"][0]["items"]]
    assert sorted(also) == ["", "Cash transfers and Kenya"]


def test_what_was_in_one_summary_is_in_no_other(clock, member, published, kenya):
    following.follow(user=member, what=kenya)
    following.tell_followers(published)
    clock.move_to(MONDAY)
    digests.gather()
    following.tell_followers(published)
    clock.move_to(MONDAY + timedelta(days=7))
    assert digests.gather() == 0


def test_daily_and_weekly_kinds_share_the_letter_of_a_monday(clock, member, published, kenya):
    preferences.choose(user=member, frequencies={"review": "daily"})
    following.follow(user=member, what=kenya)
    following.tell_followers(published)
    clock.move_to(MONDAY - timedelta(hours=2))
    notices.notify(kind="review", occasion="r", recipients=[member], template="review/said", context={"title": "Mine"})
    clock.move_to(MONDAY)
    assert digests.gather() == 1
    assert [heading for heading, _items in words(digest_of(member))] == [
        "An editor answers me about what I shared",
        "Because you follow Kenya",
    ]


def test_there_are_never_two_a_day(clock, member, published, kenya):
    preferences.choose(user=member, frequencies={"followed": "daily"})
    following.follow(user=member, what=kenya)
    following.tell_followers(published)
    clock.move_to(THURSDAY + timedelta(days=1))
    digests.gather()
    Letter.objects.update(state=Letter.State.SENT)
    Notice.objects.create(user=member, kind="review", occasion="late", template="x", summary_due_at=timezone.now())
    assert digests.gather() == 0
    waiting = Notice.objects.get(occasion="late")
    assert waiting.summary is None
    assert waiting.summary_due_at == datetime(2026, 11, 28, 7, tzinfo=UTC)


def test_after_a_stop_a_late_summary_leaves_once(clock, member, published, kenya):
    following.follow(user=member, what=kenya)
    following.tell_followers(published)
    clock.move_to(MONDAY + timedelta(days=3, hours=5))
    assert digests.gather() == 1
    assert digest_of(member).occasion.endswith("2026-12-03")
    clock.move_to(MONDAY + timedelta(days=7))
    assert digests.gather() == 0


def test_what_vanished_meanwhile_is_left_out(clock, member, staff, published, kenya):
    following.follow(user=member, what=kenya)
    following.tell_followers(published)
    clock.move_to(MONDAY)
    digests.gather()
    services.withdraw(record=published, by=staff, reason="A mistake.")
    assert digests.context_of(digest_of(member)) is None


def test_what_was_read_on_the_page_is_left_out(clock, member, published, kenya):
    following.follow(user=member, what=kenya)
    following.tell_followers(published)
    notices.mark_all_read(user=member)
    clock.move_to(MONDAY)
    digests.gather()
    assert digests.context_of(digest_of(member)) is None


def test_what_was_declined_after_it_was_gathered_is_left_out(clock, member, published, kenya):
    following.follow(user=member, what=kenya)
    following.tell_followers(published)
    clock.move_to(MONDAY)
    digests.gather()
    preferences.stop(user=member)
    assert digests.context_of(digest_of(member)) is None


def test_during_a_pause_none_leaves_and_none_follows_after(clock, member, published, kenya):
    following.follow(user=member, what=kenya)
    following.tell_followers(published)
    preferences.pause(user=member)
    clock.move_to(MONDAY)
    assert digests.gather() == 0
    clock.move_to(MONDAY + timedelta(days=40))
    assert digests.gather() == 0


def test_it_speaks_the_readers_language(clock, member, published, kenya):
    member.language = "fr"
    member.save()
    following.follow(user=member, what=kenya)
    following.tell_followers(published)
    clock.move_to(MONDAY)
    digests.gather()
    item = digests.context_of(digest_of(member))["sections"][0]["items"][0]
    assert (item["text"], item["language"]) == ("Aides contre la faim", "")
    assert item["path"].startswith("/fr/")


def test_a_title_in_another_language_says_so(clock, member, kenya):
    record = factories.publication("", title_es="Un informe", original_language="es")
    record.countries.set([kenya])
    following.follow(user=member, what=kenya)
    following.tell_followers(record)
    clock.move_to(MONDAY)
    digests.gather()
    item = digests.context_of(digest_of(member))["sections"][0]["items"][0]
    assert (item["text"], item["language"]) == ("Un informe", "es")


def test_a_long_summary_is_cut_and_says_how_much_more(clock, member, kenya):
    following.follow(user=member, what=kenya)
    for number in range(digests.MOST + 14):
        record = factories.publication(f"Report {number}")
        record.countries.set([kenya])
        following.tell_followers(record)
    clock.move_to(MONDAY)
    digests.gather()
    context = digests.context_of(digest_of(member))
    assert (context["more"], context["count"]) == (14, digests.MOST + 14)


def test_putting_one_together_takes_the_same_queries(clock, member, kenya, django_assert_num_queries):
    following.follow(user=member, what=kenya)
    letters = []
    for day, size in ((7, 1), (14, 20)):
        for number in range(size):
            record = factories.publication(f"Report {day} {number}")
            record.countries.set([kenya])
            following.tell_followers(record)
        clock.move_to(MONDAY + timedelta(days=day))
        digests.gather()
        letters.append(Letter.objects.select_related("user").latest("pk"))
    digests.context_of(letters[0])
    for letter in letters:
        with django_assert_num_queries(4):
            digests.context_of(letter)
