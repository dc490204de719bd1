"""Writes the three ONDE files of a made-up school, as a head would download them (columns: ent.md §7.1)."""

import csv
import io


def _cells(line) -> list[str]:
    return line.split(";")


PUPIL_COLUMNS = _cells(
    "Nom élève;Nom d'usage élève;Prénom élève;Date naissance;Sexe;INE;Adresse1;Cp1;Commune1;Pays1;Adresse2;Cp2;"
    "Commune2;Pays2; Cycle;Niveau;Libellé classe;Identifiant classe;Attestation fournie;Autorisation associations;"
    "Autorisation photo;Décision de passage;Dispositif(s)"
)
GUARDIAN_COLUMNS = _cells(
    "Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;Adresse responsable;CP responsable;"
    "Commune responsable;Pays;Courriel;Téléphone domicile;Téléphone travail;Téléphone portable"
)
CHILD_COLUMNS = _cells("Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants")
TEACHER_COLUMNS = _cells(
    "Civilité;Nom usage;Nom;Prénom;Adresse;CP;Commune;Pays;Courriel;Téléphone domicile;Téléphone portable;"
    "Directeur;Classe"
)
CYCLES = {"TPS": "MATERNELLE", "PS": "MATERNELLE", "MS": "MATERNELLE", "GS": "MATERNELLE", "CE2": "CYCLE III",
          "CM1": "CYCLE III", "CM2": "CYCLE III"}  # fmt: skip
YES_NO = {True: "Oui", False: "Non", None: ""}


def pupils_file(children, classes) -> bytes:
    """The 22-column file of pupils, and the dispositif that later extractions add."""
    numbers = {classroom.name: str(4100 + rank) for rank, classroom in enumerate(classes)}
    return _csv([PUPIL_COLUMNS, *(_pupil(child, numbers) for child in children)])


def guardians_file(children) -> bytes:
    """One row per guardian, a block of four cells per child: rows are ragged, as in the real ones."""
    families = {}
    for child in children:
        for adult in child.guardians:
            families.setdefault(id(adult), (adult, []))[1].append(child)
    blocks = max((len(of_adult) for _, of_adult in families.values()), default=1)
    rows = [[*GUARDIAN_COLUMNS, *CHILD_COLUMNS * max(blocks, 3)]]
    for adult, of_adult in families.values():
        rows.append(_guardian(adult) + [cell for child in of_adult for cell in _child_block(child)])
    return _csv(rows)


def teachers_file(classes, head) -> bytes:
    """The hand-made file of teachers; `head` is (civility, last name, first name)."""
    rows = [TEACHER_COLUMNS]
    for civility, last_name, first_name in [head] if head else []:
        rows.append([civility, "", last_name, first_name, "", "", "", "", "", "", "", "oui", ""])
    for classroom in classes:
        if classroom.teacher and classroom.teacher != head:
            civility, last_name, first_name = classroom.teacher
            rows.append([civility, "", last_name, first_name, "", "", "", "", "", "", "", "non", classroom.name])
    return _csv(rows)


def _pupil(child, numbers):
    at = child.guardians[0] if child.guardians else None
    home = [at.address, at.postcode, at.town, "FRANCE"] if at else [""] * 4
    apart = [each for each in child.guardians[1:] if at and each.address != at.address]
    second = [apart[0].address, apart[0].postcode, apart[0].town, "FRANCE"] if apart else [""] * 4
    return [
        child.last_name.upper(),
        "",
        child.first_name,
        child.birth_date.strftime("%d/%m/%Y"),
        child.sex,
        child.ine,
        *home,
        *second,
        CYCLES.get(child.level, "CYCLE II"),
        child.level,
        child.classroom,
        numbers[child.classroom],
        "Oui",
        YES_NO[child.photo_hint],
        YES_NO[child.photo_hint],
        "",
        child.dispositif,
    ]


def _guardian(adult):
    return [
        adult.civility.upper(),
        "",
        adult.last_name.upper(),
        adult.first_name,
        adult.address,
        adult.postcode,
        adult.town,
        "FRANCE",
        adult.email,
        adult.home_phone,
        "",
        adult.mobile,
    ]


def _child_block(child):
    return ["", child.last_name.upper(), child.first_name, child.classroom]


def _csv(rows) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("cp1252")
