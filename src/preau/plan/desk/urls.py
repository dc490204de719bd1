"""The addresses of the room. `uses_of(person, school, today)` and `hours_of`, of the story's lines and the same, are
given by who assembles the house: the plan reads no ENT, and its school's story ends with its uses. So is `proof`, the
name of the page that verifies the journal."""

from django.urls import path

from preau.plan.desk.views import base_needs, boards, open_data, stories, strengths, year


def patterns(uses_of, hours_of, proof):
    """[(addresses), "desk"] for `include`; `uses_of` gives the weeks of use the person may read, the last first,
    `hours_of` what pupils did of the equipment this school year, or None."""
    given = {"uses_of": uses_of, "hours_of": hours_of, "proof": proof}
    return [
        path("plan/accueil/", boards.home, name="home"),
        path("plan/tableau/", boards.board, name="board"),
        path("plan/tableau.<table:extension>", boards.board_export, name="board_export"),
        path("plan/ecoles/<uuid:school_id>/histoire/", stories.story, given, name="story"),
        path("plan/ecoles/<uuid:school_id>/histoire.<table:extension>", stories.story_export, name="story_export"),
        path("plan/ecoles/<uuid:school_id>/usages.<table:extension>", stories.use_export, name="use_export"),
        path("plan/histoires/", stories.ambition_list, name="ambition_list"),
        path("plan/histoires/<uuid:ambition_id>/", stories.ambition_story, name="ambition_story"),
        path(
            "plan/histoires/<uuid:ambition_id>/actes.<table:extension>", stories.ambition_export, name="ambition_export"
        ),
        path("plan/socle/", base_needs.base_list, name="base_list"),
        path("plan/socle.<table:extension>", base_needs.base_export, name="base_export"),
        path("plan/ecoles/<uuid:school_id>/socle/", base_needs.school_base, name="school_base"),
        path(
            "plan/ecoles/<uuid:school_id>/socle.<table:extension>",
            base_needs.school_base_export,
            name="school_base_export",
        ),
        path("plan/annee/", year.year, name="year"),
        path("plan/annee.<table:extension>", year.year_export, name="year_export"),
        path("plan/forces/", strengths.strengths, name="strengths"),
        path("plan/forces.<table:extension>", strengths.strengths_export, name="strengths_export"),
        path("donnees/plan.json", open_data.plan_json, name="plan_json"),
        path("donnees/plan.csv", open_data.plan_csv, name="plan_csv"),
    ], "desk"
