"""Filters that may be dropped whole without the matrix falling, and why it does not see it. This list may only shrink.

A test named here was seen red without the filter. Where none is named, the reason is read from the rule alone and no
test has been seen red yet: the matrix is taken to be blind there.
"""

BEFORE = "the row is read within a school already in sight: it stands as a second door"
STATE = "the sample is in one state, this rule opens in another"
WAITS = "chooses what waits for somebody; no canary on that line"
MONEY = "hides sums, and no canary is a sum"
PART = "hides a part of a page that holds no canary"

SURVIVORS = {
    "arrivals.rules.batches_visible_to": BEFORE,
    "arrivals.rules.decisions_visible_to": BEFORE,
    "ent.posts.rules.can_discard_post": f"{STATE}: ent/posts/test_actions",
    "ent.posts.rules.can_restore_post": f"{STATE}: ent/posts/test_actions",
    "ent.posts.rules.needs_the_head": f"{STATE}: ent/posts/test_actions",
    "ent.posts.rules.posts_to_decide": f"{STATE}: ent/posts/test_views",
    "insight.usage.rules.cities_visible_to": "counts of a whole city, without a name",
    "insight.usage.rules.last_weeks_read_by": PART,
    "people.queries.knows_devices": "asks a code of a new device; every actor's is known",
    "plan.applications.models.opinions.OpinionQuerySet.awaited": WAITS,
    "plan.applications.rules.acts.can_give_opinion": f"{STATE}: plan/applications/test_pages",
    "plan.applications.rules.sight.reads_envelope": f"{MONEY}: plan/applications/test_calls",
    "plan.applications.rules.sight.titled_for": PART,
    "plan.desk.queries.waiting.union_for": WAITS,
    "plan.desk.queries.year.milestones_in_sight": WAITS,
    "plan.desk.rules.reads_files": PART,
    "plan.equipment.models.figures.StandingQuerySet.standing": "withdrawn rows; the sample withdraws none",
    "plan.equipment.rules.reads_amounts": MONEY,
    "plan.equipment.rules.reads_totals_only": PART,
    "plan.equipment.rules.reads_whole_city": PART,
    "plan.equipment.rules.schools_with_amounts": MONEY,
    "plan.governance.models.committees.SeatQuerySet.held": "seats of another day; the sample has none",
    "plan.governance.rules.follow_ups_asked_of": WAITS,
    "plan.governance.rules.marked_closable": PART,
    "plan.inventory.rules.can_retire_asset": f"{STATE}: plan/inventory/test_certificates",
    "plan.inventory.rules.can_store_asset": f"{STATE}: plan/inventory/test_certificates",
    "plan.inventory.rules.prices_read_by": f"{MONEY}: plan/inventory/test_pages",
    "plan.loans.rules.bookings_lent_by": WAITS,
    "plan.priorities.rules.cities_programmed_by": PART,
    "plan.priorities.rules.reads_programme_costs": MONEY,
    "plan.priorities.rules.recommendations_to_answer_by": WAITS,
    "plan.rollouts.rules.steps_visible_to": WAITS,
    "plan.studies.rules.comparisons_to_mark_by": WAITS,
    "plan.wifi.rules.points_lit_alone_for": WAITS,
    "plan.wifi.rules.reads_openers": PART,
    "schools.rules.can_read_hints": f"{PART}: schools/test_languages",
    "schools.rules.schools_headed_by": PART,
}
