"""Writes ONDE files of every generation, encoding, separator and line end (ent.md §7). All families are invented."""

import datetime
from dataclasses import dataclass, field, replace


def _cells(text):
    return text.split(";")


BORN = datetime.date(2018, 3, 4)
PUPILS_20 = _cells(
    "Nom Elève;Nom d'usage Elève;Prénom Elève;Date naissance;Sexe;Adresse1;Cp1;Commune1;Pays1;Adresse2;Cp2;"
    "Commune2;Pays2; Cycle;Niveau;Classe;Attestation fournie;Autorisations associations;Autorisations photos;"
    "Décision de passage"
)
PUPILS_22 = _cells(
    "Nom élève;Nom d'usage élève;Prénom élève;Date naissance;Sexe;INE;Adresse1;Cp1;Commune1;Pays1;Adresse2;Cp2;"
    "Commune2;Pays2; Cycle;Niveau;Libellé classe;Identifiant classe;Attestation fournie;"
    "Autorisation associations;Autorisation photo;Décision de passage"
)
PUPILS_LATE = _cells(
    "Nom de l’élève;Nom d’usage de l’élève;Prénom de l’élève;Deuxième prénom;Né(e) le;Identifiant National Élève;"
    "Sexe;Commune naissance;NIVEAU;Nom de la classe;Identifiant classe;Regroupement(s);Dispositif(s);"
    "Autorisation Photo;Autorisation associations"
)
GUARDIAN_25 = _cells(
    "Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;Adresse responsable;"
    "CP responsable;Commune responsable;Pays;Courriel;Téléphone domicile;Téléphone travail;Numéro de poste;"
    "Téléphone portable"
)
GUARDIAN_24 = [label for label in GUARDIAN_25 if label != "Numéro de poste"]
CHILD = _cells("Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants")
PAIRS = _cells(
    "Prénom élève;Nom de famille élève;Civilité Responsable;Nom responsable;Prénom responsable;"
    "Téléphone domicile;Téléphone travail;Téléphone portable;Courriel;Adresse responsable;CP responsable;"
    "Commune responsable"
)
TEACHERS = _cells(
    "Civilité;Nom usage;Nom;Prénom;Adresse;CP;Commune;Pays;Courriel;Téléphone domicile;Téléphone portable;"
    "Directeur;Classe"
)


@dataclass(frozen=True)
class Child:
    last: str
    first: str
    born: datetime.date = BORN
    usage: str = ""
    ine: str = ""
    level: str = "CP"
    classroom: str = "CP A"
    class_id: str = ""
    photo: str = ""
    association: str = ""
    dispositif: str = ""
    address: str = "3 rue A"


@dataclass(frozen=True)
class Adult:
    last: str
    first: str
    civility: str = "MME"
    usage: str = ""
    email: str = ""
    mobile: str = ""
    home: str = ""
    work: str = ""
    address: str = ""
    children: tuple = ()


@dataclass(frozen=True)
class Teacher:
    last: str
    first: str
    civility: str = "Mme"
    email: str = ""
    mobile: str = ""
    head: str = "non"
    classes: tuple = ()


@dataclass(frozen=True)
class Style:
    """How a file is written."""

    generation: str = "22"  # pupils: "20", "22", "late"; guardians: "25", "24", "pairs"
    encoding: str = "utf-8"  # also "utf-8-sig", "cp1252", "latin-1", "twice"
    separator: str = ";"
    end: str = "\r\n"
    quoted: bool = True


@dataclass(frozen=True)
class Family:
    """A small school that holds the traps: twins, a sibling pair, two surnames, accents, an ULIS."""

    children: tuple = field(default=())
    adults: tuple = field(default=())

    @classmethod
    def sample(cls):
        zoe = Child("TOUPIE", "ZOÉ", ine="1234567890A", photo="Oui", association="Non", classroom="CP A", class_id="41")
        leo = Child("TOUPIE", "LÉO", ine="1234567890B", classroom="CP A", class_id="41")  # twins
        noe = Child(
            "TOUPIE",
            "NOÉ",
            datetime.date(2015, 6, 1),
            ine="123456789AC",
            level="CM2",
            classroom="CM1-CM2 M. ARÇON",
            class_id="42",
        )
        ali = Child(
            "EL KHATIB",
            "ALI",
            usage="MARELLE",
            ine="1234567890D",
            level="CM1",
            classroom="CM1-CM2 M. ARÇON",
            class_id="42",
            photo="Non",
        )
        ana = Child(
            "D'ALMEIDA", "ANA-LOU", ine="1234567890E", level="ULIS", classroom="CM1-CM2 M. ARÇON", class_id="42"
        )
        rosa = Adult(
            "BALLON",
            "ROSA",
            usage="TOUPIE",
            email="rosa.toupie@example.org",
            mobile="06 11 22 33 44",
            address="3 r. des Lilas",
            children=(zoe, leo, noe),
        )
        karim = Adult("TOUPIE", "KARIM", "M.", mobile="+33 6 55 66 77 88", children=(zoe, leo, noe))
        samia = Adult("EL KHATIB", "SAMIA", "MLLE", home="05.49.00.00.01", email="SAMIA@example.org", children=(ali,))
        eve = Adult("D'ALMEIDA", "ÈVE", work="0549000002", children=(ana,))
        return cls((zoe, leo, noe, ali, ana), (rosa, karim, samia, eve))

    def change_child(self, first, **values):
        """The same school but for one child, in the pupils' file and in the guardians' rows."""
        swap = {child: replace(child, **values) if child.first == first else child for child in self.children}
        adults = (replace(a, children=tuple(swap[c] for c in a.children)) for a in self.adults)
        return Family(tuple(swap.values()), tuple(adults))

    def change_adult(self, first, **values):
        return replace(self, adults=tuple(replace(a, **values) if a.first == first else a for a in self.adults))


def pupils_file(children, style=Style()) -> bytes:
    rows = {"20": _row_20, "22": _row_22, "late": _row_late}
    header = {"20": PUPILS_20, "22": PUPILS_22, "late": PUPILS_LATE}[style.generation]
    return write([header, *(rows[style.generation](child) for child in children)], style)


def guardians_file(adults, style=Style("24"), *, organisations=(), footer=True) -> bytes:
    if style.generation == "pairs":
        rows = [_pair(adult, child) for adult in adults for child in adult.children]
        rows += [[f"Nombre de lignes : {len(rows)}"]] if footer else []
        return write([PAIRS, *rows], style)
    start = GUARDIAN_25 if style.generation == "25" else GUARDIAN_24
    blocks = max((len(adult.children) for adult in adults), default=1)
    rows = [_guardian(adult, style.generation) for adult in adults]  # ragged: as many blocks as children
    rows += [["", "", name, "", "1 rue de la Ville", "86000", "POITIERS", "FRANCE"] for name in organisations]
    return write([start + CHILD * blocks, *rows], style)


def teachers_file(teachers, style=Style()) -> bytes:
    width = max((len(teacher.classes) for teacher in teachers), default=1)
    rows = [
        [t.civility, "", t.last, t.first, "", "", "", "", t.email, "", t.mobile, t.head, *t.classes] for t in teachers
    ]
    return write([TEACHERS + ["Classe"] * (width - 1), *rows], style)


def write(rows, style=Style()) -> bytes:
    """Cells to bytes, in this style."""
    text = style.end.join(style.separator.join(_cell(cell, style) for cell in row) for row in rows) + style.end
    if style.encoding == "twice":
        once = text.encode("utf-8")
        text = "".join(_misread(byte) for byte in once)
        return text.encode("utf-8")
    return text.encode(style.encoding)


def _misread(byte):
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _cell(cell, style):
    text = str(cell)
    if style.quoted or any(sign in text for sign in (style.separator, '"', "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def _row_20(c):
    sex, day = "F", c.born.isoformat()
    return [
        c.last,
        c.usage,
        c.first,
        day,
        sex,
        c.address,
        "86000",
        "POITIERS",
        "FRANCE",
        "",
        "",
        "",
        "",
        "CYCLE II",
        c.level,
        c.classroom,
        "Oui",
        c.association,
        c.photo,
        "",
    ]


def _row_22(c):
    return [
        c.last,
        c.usage,
        c.first,
        f"{c.born:%d/%m/%Y}",
        "M",
        c.ine,
        c.address,
        "86000",
        "POITIERS",
        "FRANCE",
        "",
        "",
        "",
        "",
        "CYCLE III",
        c.level,
        c.classroom,
        c.class_id,
        "Non",
        c.association,
        c.photo,
        "",
    ]


def _row_late(c):
    return [
        c.last,
        c.usage,
        c.first,
        "",
        f"{c.born:%d/%m/%Y}",
        c.ine,
        "M",
        "Poitiers",
        c.level,
        c.classroom,
        c.class_id,
        "",
        c.dispositif,
        c.photo,
        c.association,
    ]


def _guardian(a, generation):
    postcode, town = ("86000", "POITIERS") if a.address else ("", "")
    cells = [a.civility, a.usage, a.last, a.first, a.address, postcode, town, "FRANCE", a.email, a.home, a.work]
    cells += ["", a.mobile] if generation == "25" else [a.mobile]
    for child in a.children:
        cells += [child.usage, child.last, child.first, f"CLASSE  {child.classroom}"]
    return cells


def _pair(a, c):
    postcode, town = ("86000", "POITIERS") if a.address else ("", "")
    return [c.first, c.last, a.civility, a.last, a.first, a.home, a.work, a.mobile, a.email, a.address, postcode, town]
