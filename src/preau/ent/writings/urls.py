"""What pupils write: their own pages under /ecrire/, those of who reads under /textes/."""

from django.urls import path

from preau.ent.writings.views import pupils, reading, reviewing

app_name = "writings"
urlpatterns = [
    path("ecrire/", pupils.mine, name="mine"),
    path("ecrire/nouveau/", pupils.writing_create, name="writing_create"),
    path("ecrire/<uuid:writing_id>/", pupils.writing_edit, name="writing_edit"),
    path("ecrire/<uuid:writing_id>/reprise/", pupils.take_back, name="take_back"),
    path("ecrire/<uuid:writing_id>/fin/", pupils.discard, name="discard"),
    path("textes/a-relire/", reviewing.to_read, name="to_read"),
    path("textes/<uuid:writing_id>/", reading.writing_detail, name="writing_detail"),
    path("textes/<uuid:writing_id>/relecture/", reviewing.review, name="review"),
    path("textes/<uuid:writing_id>/retrait/", reviewing.withdrawal_create, name="withdrawal_create"),
    path("textes/<uuid:writing_id>/regard/", reviewing.declaration_create, name="declaration_create"),
    path("textes/images/<uuid:written_picture_id>/retrait/", reviewing.picture_removal, name="picture_removal"),
    path("textes/<uuid:writing_id>/remise/", reviewing.restoration_create, name="restoration_create"),
    path("textes/<uuid:writing_id>/journal/", reviewing.journal_choose, name="journal_choose"),
    path("textes/<uuid:writing_id>/reponse/", reviewing.council_answer, name="council_answer"),
    path("classe/<uuid:classroom_id>/textes/", reviewing.classroom_writings, name="classroom_writings"),
    path("classe/<uuid:classroom_id>/conseil-d-eleves/", reading.classroom_council, name="classroom_council"),
    path("ecole/<uuid:school_id>/journal/", reading.school_journal, name="school_journal"),
]
