"""A laboratory and its two reviews, question by question."""

from dataclasses import dataclass

from preau.plan.studies.models import Authority, Cohort, CohortReview


@dataclass(frozen=True)
class QuestionLine:
    """A question and what each authority learnt; empty when it has not answered."""

    id: object
    text: str
    city: str
    state: str


@dataclass(frozen=True)
class CohortPage:
    """A laboratory as read by one authority: the other's half stays unseen until it is signed."""

    cohort: Cohort
    schools: tuple
    questions: tuple[QuestionLine, ...]
    city: CohortReview | None
    state: CohortReview | None

    @property
    def reviews(self) -> tuple:
        """[(the authority's name, its review or None)]"""
        return ((Authority.CITY.label, self.city), (Authority.STATE.label, self.state))


def cohort_page(cohort, own=None, *, is_whole=True) -> CohortPage:
    """Three reads. `own`: the authority whose unsigned draft may be shown; a school's team, which reads it not
    `is_whole`, reads the review once both have signed."""
    rows = cohort.reviews.all() if is_whole or cohort.state != Cohort.State.RUNNING else ()
    reviews = {review.authority: review for review in rows if review.signed_at or review.authority == own}
    city, state = reviews.get(Authority.CITY), reviews.get(Authority.STATE)
    lines = [
        QuestionLine(
            question.pk,
            question.text,
            city.answers.get(str(question.pk), "") if city else "",
            state.answers.get(str(question.pk), "") if state else "",
        )
        for question in cohort.questions.all()
    ]
    schools = tuple(cohort.schools.order_by("sort_key", "id"))
    return CohortPage(cohort, schools, tuple(lines), city, state)
