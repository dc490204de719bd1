"""The notebooks of a class, of a child, one's own; what is taken away."""

from django.urls import path

from preau.ent.portfolio.views import family, files, teaching, verbs, writing

app_name = "portfolio"
urlpatterns = [
    path("classe/<uuid:classroom_id>/cahiers/", teaching.classroom_notebooks, name="classroom_notebooks"),
    path("classe/<uuid:classroom_id>/cahiers/page/", writing.page_create, name="page_create"),
    path("cahiers/<uuid:notebook_id>/", teaching.notebook, name="notebook"),
    path("cahiers/pages/<uuid:page_id>/", writing.page_edit, name="page_edit"),
    path("cahiers/pages/<uuid:page_id>/a-relire/", verbs.proposal_create, name="proposal_create"),
    path("cahiers/pages/<uuid:page_id>/accord/", verbs.approval_create, name="approval_create"),
    path("cahiers/pages/<uuid:page_id>/renvoi/", verbs.page_return, name="page_return"),
    path("cahiers/pages/<uuid:page_id>/retrait/", verbs.page_withdrawal, name="page_withdrawal"),
    path("cahiers/pages/<uuid:page_id>/remise/", verbs.page_restoration, name="page_restoration"),
    path("cahiers/pages/<uuid:page_id>/abandon/", verbs.page_discard, name="page_discard"),
    path("cahiers/pages/<uuid:page_id>/merci/", verbs.thanks_create, name="thanks_create"),
    path("cahiers/fichiers/<uuid:piece_id>/", files.piece, name="piece"),
    path("cahiers/fichiers/<uuid:piece_id>/vignette/", files.small_piece, name="small_piece"),
    path("mon-cahier/", family.mine, name="mine"),
    path("mon-cahier/page/", writing.own_page_create, name="own_page_create"),
    path("mon-cahier/<uuid:own_notebook_id>/", family.child_notebook, name="child_notebook"),
    path("mon-cahier/<uuid:own_notebook_id>/emporter/", family.takeaway, name="takeaway"),
    path("mon-cahier/emporte/<uuid:takeaway_id>/pdf/", files.takeaway_pdf, name="takeaway_pdf"),
    path("mon-cahier/emporte/<uuid:takeaway_id>/zip/", files.takeaway_zip, name="takeaway_zip"),
]
