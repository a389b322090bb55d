"""Checks that the access table does not notice, by name: those that a test of their app holds, and second locks."""

from __future__ import annotations

# By test, which fails without each of its checks: `make mutate-access` takes them out while it runs (tests/without.py).
HELD: dict[str, dict[str, tuple[str, ...]]] = {
    "agenda/test_calendar.py": {
        "TestCalendarFile::test_hidden_ones_are_in_none": (
            "agenda.lists.events published[0]",
            "agenda.lists.rows published[0]",
            "agenda.views.feed published[0]",
        ),
        "TestTheClock::test_one_that_nobody_sees_ends_no_list": ("agenda.showing.next_end published[0]",),
    },
    "agenda/test_filters.py": {
        "test_search_knows_neither_a_hidden_event_nor_a_hidden_organiser": (
            "agenda.search_indexes.EventIndex.documents organisation__status[0]",
        ),
    },
    "agenda/test_proposals.py": {
        "TestProposing::test_it_is_changed_when_an_editor_asked": ("agenda.proposal_views.change PermissionDenied[0]",),
        "TestProposing::test_what_was_published_is_talked_about_no_more": (
            "agenda.proposal_views.answer PermissionDenied[0]",
        ),
    },
    "blog/test_comments.py": {
        "TestDiscussionOfACommunity::test_nobody_else_hears_of_it": ("blog.reading.comments visible_to[0]",),
        "test_names_lead_to_profiles_that_the_reader_may_open": ("blog.comments.pages_of visible_to[0]",),
        "test_whose_comment_is_hidden_is_told_of_no_other": ("blog.comments.readers shown[0]",),
        "test_withdrawing_a_post_shuts_its_discussion": ("blog.comments.read_by published[0]",),
    },
    "blog/test_pages.py": {
        "TestDetail::test_authors_lead_to_their_page_only_where_the_reader_may_open_it": (
            "blog.authors.bylines visible_to[0]",
        ),
        "TestDetail::test_neighbours_in_its_series_are_the_nearest_public_ones": ("blog.reading.around published[0]",),
        "TestLists::test_a_series_lists_its_posts_in_order": ("blog.views.series published[1]",),
        "TestLists::test_a_series_without_a_public_post_is_not_there": (
            "blog.views.all_series shown[0]",
            "blog.views.series shown[0]",
        ),
        "TestPictures::test_it_is_seen_by_whoever_reads_the_post": ("blog.files.may_read visible_to[0]",),
        "TestReadMost::test_nor_does_what_is_not_public": ("blog.reading.read_most published[0]",),
    },
    "blog/test_pieces.py": {
        "TestWriting::test_what_waits_is_not_changed": ("blog.piece_views.change PermissionDenied[0]",),
        "test_what_a_member_wrote_stands_on_their_profile": ("blog.contributions.written_by published[0]",),
    },
    "blog/test_services.py": {
        "test_editors_link_a_post_to_public_records_alone": ("blog.admin.LinkForm.clean_record_address published[0]",),
    },
    "communities/test_document_views.py": {
        "TestRemove::test_removed_twice_it_keeps_who_was_first_and_why": (
            "communities.document_services.remove_document removed_at=None[0]",
        ),
    },
    "communities/test_finding.py": {
        "test_an_organiser_that_is_not_public_leads_nobody_to_it": (
            "communities.search_indexes.CommunityIndex.documents organisation__status[0]",
        ),
        "test_nobody_is_asked_whether_a_withdrawn_one_goes_on": (
            "communities.querysets.CommunityQuerySet.quiet status[0]",
        ),
    },
    "communities/test_inviting.py": {
        "test_a_letter_that_was_used_does_not_bring_back_who_left": (
            "communities.joining.accept_invitation PermissionDenied[1]",
            "communities.joining.accept_invitation State.IN[0]",
        ),
        "test_an_invitation_by_name_that_ran_out_opens_no_door": (
            "communities.doors.Door.invitation pending[0]",
            "communities.querysets.CommunityQuerySet._invitations pending[0]",
        ),
    },
    "communities/test_joining.py": {
        "test_who_finds_no_door_does_not_come_in": ("communities.joining.join PermissionDenied[1]",),
        "test_who_left_writes_no_more": ("communities.permissions.membership_of State.IN[0]",),
    },
    "communities/test_life.py": {
        "test_an_organisation_that_is_not_public_does_not_organise_it": (
            "communities.finding._organisation published[0]",
        ),
        "test_tabs_count_the_discussions_that_are_shown": ("communities.numbers._count state='shown'[1]",),
        "test_the_report_counts_by_the_rule_that_pages_show": (
            "communities.querysets.CommunityQuerySet.active status[0]",
            "communities.querysets.CommunityQuerySet.archived status[0]",
        ),
    },
    "communities/test_members.py": {
        "test_my_communities_say_where_i_wait_while_i_may_know_of_them": (
            "communities.querysets.CommunityQuerySet.waited_for_by user=user.pk[0]",
            "communities.querysets.CommunityQuerySet.waited_for_by visible_to[1]",
        ),
    },
    "communities/test_shelf.py": {
        "TestShelf::test_what_stands_there_no_more_is_not_taken_off": ("communities.shelf_views.remove shown[0]",),
        "TestShelf::test_what_was_withdrawn_stands_there_no_more_and_is_not_counted": (
            "communities.numbers._count shown[3]",
        ),
    },
    "discussions/test_thread_page.py": {
        "TestReading::test_files_and_records_stand_below_with_format_and_size": (
            "discussions.attaching.records_of published[0]",
        ),
    },
    "discussions/test_writing.py": {
        "TestPreview::test_nobody_else_reads_a_file_before_it_is_sent": (
            "discussions.files.may_read_unsent user=user[0]",
        ),
        "TestRecords::test_a_record_that_is_not_public_is_none": ("discussions.attaching.named published[0]",),
    },
    "moderation/test_appeals.py": {
        "test_an_administrator_sees_of_a_closed_community_what_the_appeal_is_about": (
            "moderation.desk.Desk.url visible_to[0]",
        ),
        "test_who_decided_and_sends_an_old_form_sees_their_decision_and_not_the_appeal": (
            "moderation.views.take_up decided_by_them[0]",
        ),
    },
    "moderation/test_deciding.py": {
        "test_a_case_about_nothing_any_more_is_not_found": ("moderation.desk.Desk.__init__ Http404[1]",),
        "test_members_decide_nothing": ("moderation.permissions.can_decide decided_by_them[0]",),
        "test_nobody_decides_about_themselves": ("moderation.deciding._hold PermissionDenied[0]",),
    },
    "moderation/test_privacy.py": {
        "test_a_report_that_led_to_nothing_is_in_no_export_of_its_author": (
            "moderation.privacy._cases told_to[0]",
            "moderation.privacy._log told_to[0]",
        ),
    },
    "moderation/test_reporting.py": {
        "test_a_sanction_is_not_reported": ("moderation.report_views.report Http404[0]",),
        "test_in_a_closed_community_strangers_report_nothing": ("moderation.report_views.report visible_to[1]",),
        "test_nobody_reports_what_they_wrote": ("moderation.reporting.report PermissionDenied[0]",),
    },
    "moderation/test_sanctions.py": {
        "test_a_sanction_is_not_taken_up_as_a_post_is": ("moderation.views._record Http404[0]",),
        "test_administrators_who_came_for_an_appeal_sanction_nobody": (
            "moderation.sanctions.give PermissionDenied[0]",
        ),
        "test_nobody_finds_the_page_to_lift_what_concerns_themselves": (
            "moderation.sanction_views.lift user=request.user[1]",
        ),
        "test_nobody_lifts_what_concerns_themselves": ("moderation.sanctions.lift PermissionDenied[0]",),
    },
    "moderation/test_telling.py": {
        "test_a_moderator_who_left_is_told_nothing_of_what_waits": (
            "moderation.telling.still_waiting decided_by_them[0]",
        ),
    },
    "moderation/test_views.py": {
        "test_the_log_holds_what_happened_where_they_moderate_only": ("moderation.views.log in_scopes_of[0]",),
    },
    "surveys/test_answering.py": {
        "test_lists_name_what_is_for_everybody": ("surveys.views.list_ visible_to[0]",),
        "test_results_for_editors_alone_stay_so": ("surveys.permissions.can_see_results",),
    },
    "webinars/test_announced.py": {
        "test_for_an_archived_community_nothing_is_proposed": (
            "webinars.permissions.can_propose",
            "webinars.proposal_views.new PermissionDenied[0]",
        ),
        "test_pages_of_webinars_do_not_lead_to_a_community_that_was_withdrawn": (
            "webinars.showing._community visible_to[0]",
        ),
        "test_what_is_with_the_editors_is_not_sent_again": ("webinars.proposal_views.send PermissionDenied[0]",),
    },
    "webinars/test_views_counted.py": {
        "test_the_four_numbers_are_kept_apart": ("webinars.attendance.counts.totals_of state='in'[0]",),
    },
}
HELD_BY: dict[str, str] = {
    check: f"tests/{file}::{test}" for file, tests in HELD.items() for test, checks in tests.items() for check in checks
}


# A second lock behind another, which alone lets nobody in. Each with the first lock.
SECOND_LOCKS: dict[str, str] = {
    "publications.files.count_download": "counts; whoever may not read the file never comes here",
    "search.listing.Listing.records": "asks for rows that the index gave; the index holds published records only",
    "portal.desk.find": "asked by editors only, who see everything: keeps unpublished records from being named",
    "portal.desk.by_number": "asked by editors only",
    "search.middleware._newest": "asks kept_cards for cards, which leaves out what is hidden",
    "publications.cards._rows": "reads what kept_cards found to be public",
    "stakeholders.cards.read": "reads what kept_cards found to be public",
    "webinars.cards.read": "reads what kept_cards found to be public",
    "webinars.edit_forms.series_for": "a private series is offered in its own community, which its members alone edit",
    "webinars.edit_forms.facts_of": "fills an organiser's form: tests/webinars/test_announced.py",
    "webinars.edit_views.texts Http404[0]": "there is no such language",
    "webinars.models.registered.Registration.is_in": "leads on either way; test_registering.py says where",
    "people.contact_views._page_of": "chooses a link or a bare name; the page behind the link asks again",
    "people.lists.MemberListing.members": "asks for rows that the index gave; its shelf holds whom the reader finds",
    "people.own_views._organisations": "asks for rows that the index gave; the index holds published records only",
    "publications.choosing.near_organisations": "asks for rows that the index gave; it holds published records only",
    "content.cards.kept_cards": "asks for rows that the index gave; the index holds published records only",
    "content.deciding._hold": "the page asks can_decide first",
    "members.roles.set_roles": "asked by pages of administrators alone: tests/members/test_roles.py",
    "content.querysets.CaseQuerySet.mine": "which of the cases an editor sees anyway are shown first",
    "portal.review_views._done": "names a case to an editor, who sees all; undoing asks can_decide",
    "publications.exchange_views.cite Http404[0]": "there is no such format",
    "publications.views.text Http404[1]": "no text could be read from its files",
    "people.views.facet Http404[0]": "there is no such filter",
    "notifications.outbox_views.letter_html Http404[1]": "the letter has no HTML",
    "files.views.preview Http404[0]": "the file has no preview",
    "moderation.appeals.appeal PermissionDenied[0]": "the page asks told_to first: tests/moderation/test_appeals.py",
    "moderation.deciding.take_up PermissionDenied[0]": "the page asks can_moderate: tests/moderation/test_deciding.py",
    "moderation.desk.Desk.open_case": "the page behind the link asks again",
    "moderation.own_views.standing": "one's own lines of the log: tests/moderation/test_trust.py reads them",
    "portal.review_views.case PermissionDenied[0]": "the service that decides asks can_decide again",
    "publications.contributions.asked_of opened_by=user[0]": "only among what followed_by finds to be theirs",
    "communities.contributions.requests_of owner=user[0]": "one's own list: tests/communities/test_requests.py",
    "communities.document_services.kept_file loads[0]": "tests/communities/test_document_views.py forges a ticket",
    "portal.desk.Desk.__init__ Http404[0]": "the record was deleted: there is nothing to show",
    "members.permissions.is_member": "pages stand behind login_required; a closed account has no session",
    "people.contact_views.write PermissionDenied[0]": "nobody signs in unconfirmed; the service asks again",
    "people.contact_views.message PermissionDenied[1]": "nobody signs in unconfirmed; the service asks again",
    "members.privacy_views.erase login_required": "reauthentication_required leads visitors to the door too",
    "communities.cards.read published[0]": "reads what kept_cards found to be public",
    "discussions.cards.read published[0]": "reads what kept_cards found to be public",
    "discussions.cards.read shown[1]": "a discussion is shown as its first post is: discussions.services follows it",
    "communities.document_views.propose Http404[0]": "there is a library: publications offers it",
    "communities.edit_views.texts Http404[0]": "there is no such language",
    "agenda.cards.read published[0]": "reads what kept_cards found to be public",
    "agenda.reviewing.checks published[0]": "names an event to editors, who see all",
    "agenda.showing.as_data published[0]": "reads what the calendar's rows found to be public",
    "blog.cards.read published[0]": "reads what kept_cards found to be public",
    "blog.comment_views.hall_of published[0]": "its discussion is read where its post is: blog.comments.read_by",
    "communities.shelf_views.shelf shown[0]": "draws the cards that kept_cards has, which are of public records",
    "moderation.views._record PermissionDenied[2]": "the service that takes it up asks can_moderate again",
    **dict.fromkeys(
        (
            "communities.places.moderators current[0]",
            "communities.querysets.CommunityQuerySet.without_admin state='in'[0]",
            "communities.querysets.MembershipQuerySet.admins current[0]",
            "communities.querysets.MembershipQuerySet.running current[0]",
        ),
        "only who is in a community has a role there: a constraint of the database",
    ),
    **dict.fromkeys(
        (
            *("members.permissions.can_translate", "members.permissions.is_translator"),
            "members.permissions.can_write_as_ambassador",
        ),
        "no page asks it yet: tests/members/test_roles.py",
    ),
}
