"""Checks that the access table does not notice and a test of their app does, by name."""

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
        "test_who_was_removed_comes_back_by_a_newer_letter_alone": ("communities.permissions.is_outdated",),
        "test_whoever_was_banned_since_does_not_come_in_by_the_letter": ("communities.permissions.can_accept",),
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
        "TestShelf::test_what_stands_there_no_more_is_not_taken_off": (
            "communities.querysets.ShelfItemQuerySet.shown published[0]",
            "communities.shelf_views.remove shown[0]",
        ),
        "TestShelf::test_what_was_withdrawn_stands_there_no_more_and_is_not_counted": (
            "communities.numbers._count shown[3]",
        ),
    },
    "discussions/test_letters.py": {
        "test_but_not_to_whom_it_is_shut": ("discussions.kinds._name_of visible_to[0]",),
        "test_it_says_who_wrote_where_and_what": ("notifications.matters.refusals told_to[0]",),
    },
    "discussions/test_lists.py": {
        "TestInAPlace::test_what_waits_is_listed_for_its_author_and_moderators": (
            "discussions.pages.threads listed_for[0]",
        ),
        "TestInAPlace::test_words_of_what_is_not_shown_find_nothing": (
            "discussions.querysets.ThreadQuerySet.saying state='shown'[0]",
        ),
        "TestWishes::test_there_is_no_other_wish": ("discussions.tool_pages.wish Http404[0]",),
    },
    "discussions/test_notices.py": {
        "test_nothing_of_a_post_that_is_not_shown_is_told": ("discussions.notices._told_of shown[0]",),
    },
    "discussions/test_search.py": {
        "test_what_waits_is_found_once_it_is_approved": ("discussions.search_indexes._said shown[0]",),
    },
    "discussions/test_services.py": {
        "TestChanging::test_a_new_member_adds_no_links_to_what_everybody_reads": (
            "discussions.services._refuse_new_links NotSent[0]",
        ),
        "TestChanging::test_nobody_changes_what_was_removed": ("discussions.services.edit_post NotSent[1]",),
        "TestChanging::test_only_its_author_changes_it": ("discussions.services.edit_post PermissionError[0]",),
        "TestDecisions::test_a_removed_post_counts_no_more_and_answers_nothing": (
            "discussions.services.state_changed shown[0]",
        ),
        "TestTranslating::test_a_moderator_says_why_and_it_is_told_and_logged": (
            "discussions.services.remove_translation NotSent[1]",
        ),
        "TestTranslating::test_nothing_is_translated_into_its_own_language": (
            "discussions.services.translate_post NotSent[1]",
        ),
    },
    "discussions/test_summaries.py": {
        "test_a_discussion_stands_once_however_much_of_it_is_new": ("notifications.matters.still_told told_to[0]",),
    },
    "discussions/test_theirs.py": {
        "test_a_post_that_is_hidden_is_not_translated": ("discussions.services.translate_post NotSent[0]",),
        "test_how_far_others_read_and_what_they_wished_is_not_mine": (
            "discussions.querysets.ThreadQuerySet.with_reading user=user[0]",
        ),
        "test_the_map_names_no_file_of_private_threads": ("discussions.sitemaps.PublicThreads.numbers published[0]",),
        "test_the_pause_of_another_member_is_not_mine": (
            "discussions.querysets.ThreadQuerySet.with_standing user=user[0]",
        ),
        "test_what_others_marked_as_read_is_unread_for_me": (
            "discussions.querysets.ThreadQuerySet._all_read_at user=user[0]",
        ),
        "test_what_others_typed_is_not_mine": (
            "discussions.querysets.ThreadQuerySet.with_standing user=user[1]",
            "discussions.querysets.UnsentQuerySet.of user=user[0]",
            "discussions.querysets.UnsentQuerySet.of user=user[1]",
        ),
        "test_what_waits_is_unread_for_nobody_else": (
            "discussions.querysets.ThreadQuerySet.unread_by_place listed_for[0]",
        ),
        "test_who_moderates_one_community_does_nothing_to_a_thread_of_another": (
            "discussions.pages.post_at Http404[0]",
            "discussions.tool_pages._here Http404[0]",
        ),
        "test_whoever_did_not_ask_marks_no_answer": ("discussions.tools.mark_answer PermissionError[0]",),
    },
    "discussions/test_thread_page.py": {
        "TestReading::test_files_and_records_stand_below_with_format_and_size": (
            "discussions.attaching.records_of published[0]",
        ),
    },
    "discussions/test_tools.py": {
        "TestAnswer::test_others_do_not": ("discussions.tool_pages.answer PermissionDenied[0]",),
        "TestMoving::test_not_where_they_do_not": ("discussions.tools._only_moderators PermissionError[0]",),
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
        "test_a_moderator_who_left_decides_nothing_any_more": ("moderation.permissions.can_decide",),
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
    "notifications/test_notices.py": {
        "test_the_first_page_of_a_member_holds_their_own_notices_alone": ("portal.me_views.overview visible_to[0]",),
    },
    "people/test_conversations.py": {
        "test_the_services_refuse_as_the_pages_do": (
            "people.conversations.decide_report PermissionError[0]",
            "people.conversations.send_message PermissionError[0]",
        ),
    },
    "people/test_own_views.py": {
        "test_nobody_welcomes_somebody_else": ("people.services.welcome PermissionError[0]",),
        "test_services_keep_to_the_member": ("people.services.save_profile PermissionError[0]",),
    },
    "publications/test_uploading.py": {
        "test_editors_open_a_file_of_others_once_it_was_sent_to_them": (
            "publications.files.may_read_draft owner=user[0]",
        ),
    },
    "surveys/test_answering.py": {
        "test_lists_name_what_is_for_everybody": ("surveys.views.list_ visible_to[0]",),
        "test_results_for_editors_alone_stay_so": ("surveys.permissions.can_see_results",),
    },
    "webinars/test_announced.py": {
        "test_a_private_communitys_webinar_stands_nowhere_for_others": (
            "portal.home.next_webinar published[0]",
            "webinars.views.calendar published[0]",
        ),
        "test_for_an_archived_community_nothing_is_proposed": (
            "webinars.permissions.can_propose",
            "webinars.proposal_views.new PermissionDenied[0]",
        ),
        "test_one_of_a_private_community_stands_in_no_calendar_of_everybody": (
            "webinars.in_calendar.events published[0]",
        ),
        "test_pages_of_webinars_do_not_lead_to_a_community_that_was_withdrawn": (
            "webinars.showing._community visible_to[0]",
        ),
        "test_what_is_with_the_editors_is_not_sent_again": ("webinars.proposal_views.send PermissionDenied[0]",),
    },
    "webinars/test_board.py": {
        "test_each_question_that_is_shown_is_owed_an_answer_and_goes_on_in_an_open_community": (
            "webinars.board.facts_of shown[0]",
        ),
    },
    "webinars/test_feedback.py": {
        "test_those_without_a_place_and_strangers_get_none": (
            "webinars.querysets.RegistrationQuerySet.reminded state='in'[0]",
        ),
    },
    "webinars/test_hidden.py": {
        "test_a_discussion_that_became_private_is_not_named": ("webinars.showing.summed_up visible_to[0]",),
        "test_a_hidden_answer_is_not_in_the_draft_of_the_summary": ("webinars.summaries._answers shown[0]",),
        "test_a_hidden_question_is_on_no_page_of_its_webinar": ("webinars.showing.asked shown[0]",),
        "test_a_panellist_in_no_directory_is_a_name_without_a_page": ("webinars.showing.with_profiles visible_to[0]",),
        "test_a_poll_that_is_prepared_again_is_not_named": ("webinars.winners.poll_of visible_to[0]",),
        "test_a_private_series_is_in_no_list_of_strangers": ("webinars.views.all_series visible_to[0]",),
        "test_an_organiser_that_is_not_public_leads_nobody_to_it": (
            "webinars.search_indexes.WebinarIndex.documents organisation__status[0]",
        ),
        "test_nobody_is_sent_to_a_panel_that_was_not_announced": ("webinars.summary_views.panel_link Http404[0]",),
        "test_nobody_votes_for_a_hidden_question": ("webinars.question_views._vote shown[0]",),
        "test_of_a_private_series_strangers_learn_no_winners": ("webinars.winners.outcome visible_to[0]",),
        "test_the_country_of_a_registration_is_that_of_its_member": (
            "webinars.register_views._register_member user=request.user[1]",
        ),
        "test_the_letter_about_an_answer_does_not_leave_once_it_is_hidden": (
            "webinars.question_letters.refusals shown[0]",
        ),
        "test_what_is_private_is_announced_to_its_members_alone": ("webinars.views.list_ published[0]",),
        "test_what_was_hidden_waits_for_no_answer": ("webinars.question_views.edit_questions shown[0]",),
        "test_whoever_cancelled_is_led_to_registering_again": (
            "webinars.proposal_views.mine current[0]",
            "webinars.register_views._register_member current[0]",
            "webinars.showing.page current[0]",
        ),
        "test_whoever_left_the_private_community_is_written_to_no_more": ("webinars.letters.allowed current[0]",),
        "test_whose_question_was_hidden_is_not_told_that_it_is_discussed": (
            "webinars.question_letters.tell_discussed shown[0]",
        ),
    },
    "webinars/test_panel.py": {
        "test_what_is_hidden_or_of_another_webinar_is_not_theirs": (
            "webinars.panel_views.panel shown[0]",
            "webinars.panel_views.panel_question shown[0]",
        ),
    },
    "webinars/test_poll_winners.py": {
        "test_links_lead_both_ways_for_whoever_may_follow_them": ("webinars.winners.outcome visible_to[1]",),
        "test_of_an_open_poll_or_one_about_nothing_there_are_no_winners": (
            "webinars.feedback_views.choose_winners Http404[1]",
        ),
    },
    "webinars/test_registering.py": {
        "test_a_freed_place_is_offered_to_the_first_and_then_to_the_next": (
            "webinars.querysets.RegistrationQuerySet.holds_place state='in'[0]",
        ),
        "test_a_link_of_a_private_community_ends_with_the_membership": ("webinars.letters.inside current[0]",),
    },
    "webinars/test_summaries.py": {
        "test_the_questions_become_a_discussion_with_an_anchor_each_and_are_the_comments_of_the_summary": (
            "webinars.summaries.go_on_in_community shown[0]",
        ),
    },
    "webinars/test_views_counted.py": {
        "test_the_four_numbers_are_kept_apart": ("webinars.attendance.counts.totals_of state='in'[0]",),
    },
}
HELD_BY: dict[str, str] = {
    check: f"tests/{file}::{test}" for file, tests in HELD.items() for test, checks in tests.items() for check in checks
}
