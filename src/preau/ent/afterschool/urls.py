"""The city's sites and files, a site's team, « ce midi, ce soir », and the lines a school matches."""

from django.urls import path

from preau.ent.afterschool.views import columns, days, files, lines, sites

app_name = "afterschool"
CITY, SITE = "ville/<uuid:city_id>/periscolaire/", "periscolaire/<uuid:afterschool_id>/"
FILE, LINE = "periscolaire/fichiers/<uuid:service_file_id>/", "periscolaire/lignes/<uuid:service_line_id>/"
urlpatterns = [
    path(CITY, sites.city_sites, name="city_sites"),
    path(f"{CITY}nouveau/", sites.site_new, name="site_new"),
    path(f"{CITY}fichier/", files.file_new, name="file_new"),
    path(f"{CITY}modele.<table:extension>", files.file_template, name="file_template"),
    path(FILE, files.file_detail, name="file_detail"),
    path(f"{FILE}colonnes/", columns.file_columns, name="file_columns"),
    path(f"{FILE}application/", files.application, name="application"),
    path(f"{FILE}annulation/", files.undoing, name="undoing"),
    path(f"{FILE}abandon/", files.removal, name="removal"),
    path(f"{SITE}reglages/", sites.site_edit, name="site_edit"),
    path(f"{SITE}equipe/", sites.team, name="team"),
    path(f"{SITE}equipe/nouveau/", sites.agent_new, name="agent_new"),
    path(f"{SITE}ce-jour/", days.afterschool_day, name="afterschool_day"),
    path(f"{SITE}ce-jour/changement/", days.change, name="change"),
    path("periscolaire/equipe/<uuid:agent_id>/fin/", sites.agent_end, name="agent_end"),
    path("periscolaire/equipe/<uuid:agent_id>/fiche/", sites.agent_sheet, name="agent_sheet"),
    path("classe/<uuid:classroom_id>/midi-et-soir/", days.classroom_day, name="classroom_day"),
    path("classe/<uuid:classroom_id>/midi-et-soir/pdf/", days.classroom_day_pdf, name="classroom_day_pdf"),
    path("ecole/<uuid:school_id>/midi-et-soir/", days.school_day, name="school_day"),
    path("ecole/<uuid:school_id>/midi-et-soir/pdf/", days.school_day_pdf, name="school_day_pdf"),
    path("ecole/<uuid:school_id>/periscolaire/", lines.school_lines, name="school_lines"),
    path(f"{LINE}rapprochement/", lines.match, name="match"),
    path(f"{LINE}mise-de-cote/", lines.aside, name="aside"),
    path(f"{LINE}retour/", lines.answer_withdrawal, name="answer_withdrawal"),
]
