"""What each page of notebooks is looked at with: (template, route, who looks)."""

from django.urls import reverse
from django.utils.timezone import now

from preau.ent.portfolio import actions
from preau.ent.portfolio.models import Page, Piece
from tests.ent.portfolio.acts import photo, write, write_own

State = Page.State


def scene(world):
    """A page with two pictures and its domain, one with a drawing, a draft; a pupil's shown, one to read over, one
    given back; a notebook that is ready to be taken away."""
    said = {"domains": ["langage"], "pieces": [photo("Des jetons"), photo()]}
    first = write(world, children=("child_adam", "child_lina"), **said)[0]
    write(world, title="Mon dessin", pieces=[photo(sort=Piece.Sort.DRAWING)])
    draft = write(world, title="À finir", to=State.DRAFT)[0]
    teacher = world.people["teacher_other_class"]
    shown, waiting, back = write_own(world), write_own(world, title="Le volcan"), write_own(world, title="La mer")
    actions.approve_page(person=teacher, page=shown, now=now())
    actions.return_page(person=teacher, page=back, remark="Relis la fin.", now=now())
    actions.ask_takeaway(person=world.people["guardian"], child=first.child, now=now())
    pupil = world.people["pupil_cm2"]
    seen = {"langage": "Raconte une histoire entendue, dans l’ordre, avec ses mots.", "pensee": "Dénombre dix objets."}
    nursery = write(world, "head", ("child_two_one",), title="", text="", observed=seen)[0]
    return dict(
        notebook_id=first.child_id,
        own_notebook_id=first.child_id,
        page_id=draft.pk,
        pupil_notebook=reverse("portfolio:notebook", args=[pupil.pk]),
        one=f"{reverse('portfolio:page_create', args=[first.classroom_id])}?pour={first.child_id}",
        observed=reverse("portfolio:child_notebook", args=[nursery.child_id]),
        nursery=reverse("portfolio:page_create", args=[world.classrooms["gs"].pk]),
        again=reverse("portfolio:page_edit", args=[back.pk]),
        waiting=reverse("portfolio:classroom_notebooks", args=[waiting.classroom_id]),
    )


ROOMS = {
    "notebooks": (scene, (
        ("web/today/guardian.html", "/aujourdhui/", "guardian"),
        ("web/today/pupil.html", "/aujourdhui/", "pupil_cm2"),
        ("portfolio/classroom_notebooks.html", "portfolio:classroom_notebooks", "teacher"),
        ("portfolio/classroom_notebooks.html", "waiting", "teacher_other_class"),
        ("portfolio/notebook.html", "portfolio:notebook", "teacher"),
        ("portfolio/notebook.html", "pupil_notebook", "teacher_other_class"),
        ("portfolio/page_create.html", "portfolio:page_create", "teacher"),
        ("portfolio/page_create.html", "one", "teacher"),
        ("portfolio/page_create.html", "nursery", "head"),
        ("portfolio/page_edit.html", "portfolio:page_edit", "teacher"),
        ("portfolio/page_edit.html", "again", "pupil_cm2"),
        ("portfolio/page_edit.html", "portfolio:own_page_create", "pupil_cm2"),
        ("portfolio/mine.html", "portfolio:mine", "guardian_two_schools city_education ia_dasen operator teacher"),
        ("portfolio/own_notebook.html", "portfolio:mine", "pupil_cm2"),
        ("portfolio/child_notebook.html", "portfolio:child_notebook", "guardian"),
        ("portfolio/child_notebook.html", "observed", "guardian_two_schools"),
        ("portfolio/takeaway.html", "portfolio:takeaway", "guardian"),
    )),
}  # fmt: skip
