"""A dossier drawn on A4, black and white: data in, bytes out. Nothing is read from the base.

Each page carries the SHA-256 of the data at its foot, so that a page found alone can be checked.
"""

import datetime
import hashlib

from preau.kit.dates import day_text, hour_text, weekday_text
from preau.kit.money import NBSP, amount, counted
from preau.kit.names import in_sentence
from preau.kit.paper import Paper
from preau.plan.equipment.queries import UNTOLD

VOTES = {
    "decision": ("adopte", "adopte avec changements, motif", "renvoie, motif"),
    "whole": ("adopte", "renvoie, motif"),  # a programme: the city's act, never changed by the committee
    "opinion": ("avis favorable", "avis réservé, motif", "avis défavorable, motif"),
}
NOT_NOTED = (f"({UNTOLD})", "(non publié)")  # a dossier keeps the word of its day
FOR_FEDERATIONS = "Version pour les fédérations de parents"


def draw(data, payload: bytes, now) -> tuple[bytes, int]:
    """(the PDF, its number of pages) of `data`, whose canonical bytes are `payload`."""
    digest = hashlib.sha256(payload).hexdigest()
    frozen = datetime.datetime.fromisoformat(data["frozen_at"])
    paper = Paper(
        f"Dossier {data['kind'].upper()} {data['session']}, {data['city']}",
        now,
        head=(f"{data['committee']} du plan numérique, {data['city']}", f"Dossier {data['session']}"),
        foot=f"Figé le {day_text(frozen.date())} à {hour_text(frozen)}. SHA-256 des données{NBSP}: {digest}",
    )
    _cover(paper, data)
    _figures(paper, data)
    if data["format"] >= 3:  # a dossier frozen before says nothing of it
        _coverage(paper, data["coverage"])
        _rollouts(paper, data["rollouts"])
        _gaps(paper, data["gaps"])
    for each in data["lists"]:
        _list(paper, each)
    for programme in data["programmes"]:
        _programme(paper, programme)
    for comparison in data["comparisons"]:
        _comparison(paper, comparison)
    for cohort in data["cohorts"]:
        _cohort(paper, cohort)
    _questions(paper, data)
    _past(paper, data)
    _sheet(paper, data)
    return paper.finish()


def _cover(paper, data):
    day = datetime.date.fromisoformat(data["day"])
    where = "".join(f", {part}" for part in (_hour(data["hour"]), data["place"]) if part)
    paper.title_line(f"Séance du {weekday_text(day)} {day.year}{where}")
    if data["audience"] != "members":
        paper.paragraph(f"{FOR_FEDERATIONS}{NBSP}: les exposés, les noms et les points réservés n’y sont pas.")
    if data["is_fictitious"]:
        paper.paragraph("Commune fictive, données fictives de démonstration.")
    for warning in data["warnings"]:
        paper.paragraph(f"À noter{NBSP}: {warning}")
    paper.section("Ordre du jour")
    rows = [(n, i["title"], i["aim"], i["by"]) for n, i in enumerate(data["agenda"], 1)]
    paper.grid(("N°", "Point", "Objet", "Présenté par"), rows, widths=(6, 54, 18, 22))


def _hour(text):
    return hour_text(datetime.time.fromisoformat(text)) if text else ""


def _figures(paper, data):
    paper.section("Le plan en une page")
    rows = [(f["value"], f["label"], f["origin"]) for f in data["figures"]]
    paper.grid(("Combien", "De quoi", "D’où vient ce chiffre"), rows, widths=(20, 45, 35))


def _coverage(paper, lines):
    paper.section("Couverture, par type d’école")
    if not lines:
        paper.paragraph(f"Aucune classe reçue n’est enregistrée{NBSP}: la couverture ne se compte pas.")
        return
    names = ("schools", "equipped", "partly", "not_begun", "up_to_date")
    header = ("Type", "Écoles", "Équipées", "En partie", "Pas commencées", "À niveau aujourd’hui")
    rows = [(line["kind"], *(line[name] for name in names)) for line in lines]
    paper.grid(header, rows, widths=(20, 14, 14, 14, 18, 20), numbers=range(1, 6))
    if uncounted := lines[-1].get("uncounted"):
        paper.paragraph(
            f"De {counted(uncounted, 'école en partie', 'écoles en partie')}, le nombre de classes est inconnu."
        )
    if untold := lines[-1].get("untold"):
        paper.paragraph(f"Pour {counted(untold, 'école', 'écoles')}, ce qui a été reçu est inconnu.")
    if unsaid := lines[-1].get("undetailed"):  # dossiers frozen before this was counted do not hold it
        paper.paragraph(f"De {counted(unsaid, 'école équipée', 'écoles équipées')}, le contenu n’est pas détaillé.")


def _rollouts(paper, rollouts):
    paper.section("Déploiements en cours et réserves à lever")
    marks, schools = rollouts["reservations_count"], rollouts["schools_with_reservations"]
    where = f", dans {_count(schools, 'école')}" if marks else ""
    told = f"{_count(rollouts['under_way'], 'déploiement')} en cours. {_count(marks, 'réserve')} à lever{where}."
    paper.paragraph(told)
    if rollouts["lines"]:
        rows = [
            (
                each["school"],
                each["kit"],
                _stands(each),
                f"{each['received']} sur {each['classes']}",
                each["reservations"],
            )
            for each in rollouts["lines"]
        ]
        header = ("École", "Équipement type", "Où il en est", "Classes reçues", "Réserves")
        paper.grid(header, rows, widths=(28, 18, 28, 14, 12), numbers=(4,))
    if rollouts["reservations"]:
        rows = [
            (each["school"], f"{each['place']}, {each['item']}", each["text"], _due(each))
            for each in rollouts["reservations"]
        ]
        paper.grid(("École", "Où", "Réserve", "À lever avant le"), rows, widths=(26, 26, 28, 20))


def _gaps(paper, gaps):
    paper.section("Écarts au programme arrêté")
    if not gaps["programmes"]:
        paper.paragraph("Aucun programme arrêté n’est en cours.")
    for each in gaps["programmes"]:
        told = f"{_count(each['planned'], 'école')} au programme, {each['in_service']} en service"
        left = f"{each['not_opened']} sans déploiement ouvert, {_count(each['abandoned'], 'abandon')}"
        paper.paragraph(f"Programme {each['year']}, décision {each['decision']}{NBSP}: {told}, {left}.")
        if each["lines"]:
            rows = [(line["school"], _kit(line), f"{line['stands']}{_after(line['why'])}") for line in each["lines"]]
            paper.grid(("École", "Équipement type", "Où elle en est"), rows, widths=(34, 30, 36))
    paper.paragraph(f"{_count(gaps['outside_count'], 'déploiement')} en cours hors programme.")
    paper.bullets(f"{each['school']}, {each['kit']}{_after(each['reason'])}" for each in gaps["outside"])


def _count(number, noun):
    return f"{number} {noun}{'s' if number > 1 else ''}"


def _stands(each):
    blocked = "; ".join(f"{step}, bloquée{NBSP}: {cause}" for step, cause in each["blocked"])
    return f"{each['phase']}{_after(blocked[:1].upper() + blocked[1:])}"


def _kit(line):
    return f"{line['kit']}, reçoit {line['other_kit']}" if line["other_kit"] else line["kit"]


def _after(text):
    return f". {text}" if text else ""


def _due(each):
    return f"{_day(each['due_on'])}{', en retard' if each['is_late'] else ''}"


def _list(paper, each):
    paper.section(f"Liste priorisée, version {each['version']}{NBSP}: {each['call']}")
    signed = f"Signée pour la DSDEN le {_day(each['dsden_signed_on'])}, pour la DAN le {_day(each['dan_signed_on'])}."
    paper.paragraph(f"{signed} Le comité ne change cet ordre que par une décision motivée.")
    rows = [
        (_rank(line, each["follows_version"]), f"{line['school']}, {line['project']}", _opinions(line), _why(line))
        for line in each["lines"]
    ]
    paper.grid(("Rang", "École, projet", "Avis", "Raison du rang"), rows, widths=(8, 28, 30, 34))


def _rank(line, follows):
    """« 2 », or « 2, avant : 3 » where the version before had another (plan.md AC-25: differences are printed)."""
    if follows is None or line["rank_before"] == line["rank"]:
        return str(line["rank"])
    return f"{line['rank']}, avant{NBSP}: {line['rank_before'] or 'absente'}"


def _opinions(line):
    return "; ".join(f"{authority}{NBSP}: {says}" for authority, says in line["opinions"]) or "aucun avis demandé"


def _why(line):
    if not line["lacks"]:
        return line["reason"].strip()
    are_known = not any(label.endswith(NOT_NOTED) for label in line["lacks"])  # always, in the former dossiers
    said = "Il manque" if are_known else "Manque ou n’est pas noté"
    lacks = f" {said}{NBSP}: {in_sentence(line['lacks'])}. {line['unready_reason']}"
    return f"{line['reason']}{lacks}".strip()


def _programme(paper, programme):
    paper.section(f"Programme {programme['year']}, version {programme['version']}")
    envelope = programme["envelope_cents"]
    limit = f" pour une enveloppe de {amount(envelope, 0)}" if envelope is not None else ""
    count = programme["schools_count"]
    total = f"{count} école{'s' if count > 1 else ''}, {amount(programme['total_cents'], 0)} estimés{limit}"
    paper.paragraph(f"{total}, {programme['regime']}.")
    if programme["lines"]:
        rows = [
            (line["position"], line["school"], line["kit"], line["list_rank"] or "—", line["reason"])
            for line in programme["lines"]
        ]
        paper.grid(("N°", "École", "Équipement type", "Rang de la liste", "Raison"), rows, widths=(6, 28, 28, 12, 26))


def _comparison(paper, comparison):
    paper.section(f"Options comparées{NBSP}: {comparison['title']}")
    paper.paragraph(comparison["need"])
    header = ["Critère (poids)", *(f"{option['letter']}. {option['name']}" for option in comparison["options"])]
    rows = [
        (f"{label} ({weight})", *(_marks(option["marks"][place]) for option in comparison["options"]))
        for place, (label, weight) in enumerate(comparison["criteria"])
    ]
    rows.append(("Moyenne pondérée sur 5, une aide", *(option["mean"] or "—" for option in comparison["options"])))
    share = 64 / max(1, len(comparison["options"]))
    paper.grid(header, rows, widths=(36, *([share] * len(comparison["options"]))))
    paper.paragraph(f"Deux notes par case, de 0 à 5{NBSP}: Ville, puis Éducation nationale.", points=8)
    for option in comparison["options"]:
        vendor = f", proposée par {option['vendor']}" if option["vendor"] else ""
        day = f", présentée le {_day(option['presented_on'])}" if option["presented_on"] else ""
        paper.bullets([f"{option['letter']}. {option['name']}{vendor}{day}. {option['note']}".strip()])
    paper.paragraph(f"Avis du COTECH{NBSP}: {comparison['opinion'] or 'non rendu à ce jour'}")


def _marks(pair):
    return " · ".join("—" if value is None else str(value) for value in pair)


def _cohort(paper, cohort):
    paper.section(f"Laboratoire{NBSP}: {cohort['name']}")
    paper.paragraph(cohort["aim"])
    paper.paragraph(f"Écoles{NBSP}: {', '.join(cohort['schools'])}.")
    if cohort["questions"]:
        paper.grid(("Question", "Ville", "Éducation nationale"), cohort["questions"], widths=(36, 32, 32))
    for label, text in cohort["reviews"]:
        paper.paragraph(f"Bilan, {label}{NBSP}: {text or 'non signé à ce jour'}")
    paper.paragraph(f"Avis du COTECH{NBSP}: {cohort['opinion'] or 'non rendu à ce jour'}")


def _questions(paper, data):
    """What is asked tonight, with boxes to tick."""
    asked = [(n, i) for n, i in enumerate(data["agenda"], 1) if i["asks"] != "information"]
    if not asked:
        return
    paper.section("Ce qui est demandé au comité")
    for number, item in asked:
        paper.subsection(f"{number}. {item['title']} (présenté par{NBSP}: {item['by']})", room=34)
        if item["text"]:
            paper.paragraph(item["text"])
        votes = VOTES["whole" if item["is_whole"] and item["asks"] == "decision" else item["asks"]]
        paper.boxes([*item["choices"], *votes])


def _past(paper, data):
    previous = data["previous"]
    if previous:
        paper.section(f"Décisions de la séance {previous['session']}, {_day(previous['day'])}")
        rows = [(d["number"], d["text"], d["result"], d["vote"]) for d in previous["decisions"]]
        paper.grid(("N°", "Décision", "Résultat", "Vote"), rows, widths=(12, 52, 16, 20))
    if data["follow_ups"]:
        paper.section("Suites encore ouvertes")
        rows = [(f["number"], f["text"], f["owner"], _due(f)) for f in data["follow_ups"]]
        paper.grid(("N°", "Action", "Qui", "Pour le"), rows, widths=(12, 44, 22, 22))


def _sheet(paper, data):
    if not data["seats"]:
        return
    paper.section("Feuille de présence, par collège")
    rows = []
    for group in data["seats"]:
        for title, name in group["seats"] or [("aucun siège", "")]:
            rows.append((group["college"], f"{title}{', ' if name else ''}{name}", ""))
    paper.grid(("Collège", "Qualité", "Signature"), rows, widths=(28, 44, 28), tall=True)


def _day(iso):
    return day_text(datetime.date.fromisoformat(iso))
