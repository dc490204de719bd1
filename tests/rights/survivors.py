"""Filters that may be dropped whole without the matrix falling, why it does not see it, and the test that does.

Each names a file of tests/ seen red without the filter, that of its room; none joins without it.
"""

HEADED = "second door, after `headed_school` and `_upload` (arrivals/views)"
OWN = "second door, after `_owned` (plan/rollouts/waiting.py): a title held there reads there"
STATE = "the sample is in one state, this rule opens in another"
WAITS = "chooses what waits for somebody; no canary on that line"
MONEY = "hides sums, and no canary is a sum"
FACTOR = "asks a second factor; every actor has shown theirs"
PART = "hides a part of a page that holds no canary"

SURVIVORS = {
    "arrivals.rules.can_reset_passwords": ("second door, after `schools_resettable_by`", "arrivals/test_resets"),
    "arrivals.rules.batches_visible_to": (HEADED, "arrivals/test_uploads"),
    "arrivals.rules.decisions_visible_to": (HEADED, "arrivals/test_uploads"),
    "ent.announcements.queries.home.family_lines": (WAITS, "ent/announcements/test_reading"),
    "ent.announcements.queries.home.team_lines": (WAITS, "ent/announcements/test_reading"),
    "ent.announcements.queries.reading.seen_by": (WAITS, "ent/announcements/test_reading"),
    "ent.announcements.rules.joint_visible_to": ("second door, before `headed_by`", "ent/announcements/test_reading"),
    "ent.comments.rules.can_hide": (STATE, "ent/portal/test_reports"),
    "ent.mail.rules.can_report_thing": (STATE, "ent/portal/test_reports"),
    "ent.writings.rules.can_hide": (STATE, "ent/portal/test_reports"),
    "ent.writings.rules.can_review": (STATE, "ent/writings/test_actions"),
    "ent.writings.rules.can_write_for": (
        "second door, after `can_write` (writings/views)",
        "ent/writings/test_actions",
    ),
    "ent.writings.rules.children_to_hide": (PART, "ent/writings/test_actions"),
    "ent.writings.rules.journal_visible_to": ("no text of the sample is in it", "ent/writings/test_actions"),
    "ent.writings.rules.writings_of": ("second door, after `can_write` (writings/views)", "ent/writings/test_actions"),
    "ent.writings.rules.writings_to_look_over": (WAITS, "ent/writings/test_actions"),
    "ent.writings.rules.writings_to_read": (WAITS, "ent/writings/test_actions"),
    "spaces.queries.said_while_in": ("every reader of the sample is there that day", "ent/comments/test_comments"),
    "ent.mail.queries.unread": (WAITS, "ent/mail/test_home"),
    "ent.mail.rules.reports_waiting_for": (WAITS, "ent/mail/test_reports"),
    "ent.announcements.rules.schools_served": (WAITS, "ent/announcements/test_reading"),
    "ent.announcements.rules.told_in_schools_of": (
        "no announcement left on that list",
        "ent/announcements/test_reading",
    ),
    "ent.notes.rules.can_reach_all": (FACTOR, "ent/notes/test_factor"),
    "ent.posts.rules.can_restore_post": (STATE, "ent/posts/test_actions"),
    "ent.posts.rules.needs_the_head": (STATE, "ent/posts/test_actions"),
    "ent.posts.rules.posts_leaving_recallable_by": (STATE, "ent/posts/test_later"),
    "ent.posts.rules.posts_to_decide": (STATE, "ent/posts/test_views"),
    "insight.usage.rules.cities_visible_to": ("counts of a whole city, without a name", "insight/test_usage"),
    "insight.usage.rules.last_weeks_read_by": (PART, "insight/test_usage"),
    "people.queries.knows_devices": ("asks a code of a new device; every actor's is known", "people/test_new_device"),
    "people.models.cards.BadgeQuerySet.open": ("which cards serve; no sample is an ended one", "people/test_cards"),
    "people.rules.can_end_named": (STATE, "people/test_operators"),
    "plan.applications.models.calls.FormFieldQuerySet.put_to": (PART, "plan/applications/test_levels"),
    "plan.applications.models.opinions.OpinionQuerySet.awaited": (WAITS, "plan/applications/test_calls"),
    "plan.applications.rules.acts.can_give_opinion": (STATE, "plan/applications/test_pages"),
    "plan.applications.rules.sight.notes_visible_to": (PART, "plan/applications/test_pages"),
    "plan.applications.rules.sight.reads_envelope": (MONEY, "plan/applications/test_calls"),
    "plan.applications.rules.sight.titled_for": (PART, "plan/applications/test_known"),
    "plan.desk.queries.year.milestones_in_sight": (WAITS, "plan/desk/test_year"),
    "plan.desk.rules.reads_files": (PART, "plan/test_readers"),
    "plan.equipment.models.figures.StandingQuerySet.standing": (
        "withdrawn rows; the sample withdraws none",
        "plan/rollouts/test_actions",
    ),
    "plan.equipment.rules.cities_written_by": (WAITS, "plan/desk/test_pens"),
    "plan.equipment.rules.reads_amounts": (MONEY, "plan/test_readers"),
    "plan.equipment.rules.reads_totals_only": (PART, "plan/test_readers"),
    "plan.equipment.rules.reads_whole_city": (PART, "plan/test_readers"),
    "plan.equipment.rules.schools_with_amounts": (MONEY, "plan/test_readers"),
    "plan.governance.models.committees.SeatQuerySet.held": (
        "seats of another day; the sample has none",
        "plan/governance/test_acceptance",
    ),
    "plan.governance.rules.follow_ups_asked_of": (WAITS, "plan/governance/test_follow_ups"),
    "plan.governance.rules.marked_closable": (PART, "plan/governance/test_follow_ups"),
    "plan.inventory.rules.can_declare_off_switch": (STATE, "plan/wifi/test_off_switch"),
    "plan.inventory.rules.can_retire_asset": (STATE, "plan/inventory/test_certificates"),
    "plan.inventory.rules.can_store_asset": (STATE, "plan/inventory/test_certificates"),
    "plan.inventory.rules.prices_read_by": (MONEY, "plan/inventory/test_pages"),
    "plan.loans.rules.bookings_lent_by": (WAITS, "plan/desk/test_two_titles"),
    "plan.loans.rules.can_answer_booking": (STATE, "plan/loans/test_pages"),
    "plan.loans.rules.reads_counts": (PART, "plan/loans/test_hand_overs"),
    "plan.priorities.rules.cities_programmed_by": (PART, "plan/priorities/test_programmes"),
    "plan.priorities.rules.reads_every_school": (PART, "plan/priorities/test_pages"),
    "plan.priorities.rules.reads_programme_costs": (MONEY, "plan/priorities/test_programmes"),
    "plan.priorities.rules.recommendations_to_answer_by": (WAITS, "plan/desk/test_waiting"),
    "plan.rollouts.rules.steps_visible_to": (OWN, "plan/rollouts/test_actions"),
    "plan.studies.rules.comparisons_to_mark_by": (WAITS, "plan/desk/test_waiting"),
    "plan.wifi.models.PointSignalQuerySet.on_alone": (WAITS, "plan/wifi/test_points"),
    "plan.wifi.rules.can_tell_of_wifi": (STATE, "plan/wifi/test_pages"),
    "plan.wifi.rules.points_lit_alone_for": (WAITS, "plan/desk/test_waiting"),
    "plan.wifi.rules.reads_openers": (PART, "plan/wifi/test_windows"),
    "schools.rules.can_read_class_hints": (PART, "schools/test_rules"),
    "schools.rules.can_read_hints": (PART, "schools/test_languages"),
    "schools.rules.schools_headed_by": (PART, "schools/test_rules"),
    "spaces.rules.can_reach_places": (FACTOR, "ent/notes/test_factor"),
}
