"""The labels columns have borne, from BE1D to today (reference: ONDE exports, entcore's and others' readers)."""

MAILS = ("Mél", "E-mail", "Email", "Mail", "Adresse mail", "Adresse e-mail", "Adresse de courriel")
PHONES = ("Téléphone", "Tél", "Numéro de téléphone", "N° de téléphone")  # a mobile or not: its figures say it

WHOLE = ("Nom et prénom", "Nom Prénom", "Nom, prénom", "Prénom et nom", "Prénom Nom")  # both in one cell

PUPIL = {
    "last_name": ("Nom élève", "Nom de famille élève", "Nom de famille", "Nom de l'élève", "Nom",
                  "Nom de famille de l'élève", "Nom de l'enfant", "Nom enfant"),
    "usage_name": ("Nom d'usage élève", "Nom d'usage", "Nom d'usage de l'élève", "Nom usage élève", "Nom usage"),
    "first_name": ("Prénom élève", "Prénom de l'élève", "Prénom", "Premier prénom", "Prénom 1",
                   "Prénom de l'enfant", "Prénom enfant"),
    "full_name": (*WHOLE, *(f"{each} {of}" for each in WHOLE for of in ("élève", "de l'élève", "de l'enfant")),
                  "Élève", "Élèves"),
    "birth_date": ("Date naissance", "Date de naissance", "Date naissance élève", "Date de naissance élève",
                   "Date de naissance de l'élève", "Né(e) le", "Né le", "Naissance", "DDN", "Date naiss",
                   "Date de naiss", "Date de naissance de l'enfant"),
    "ine": ("INE", "Identifiant National Élève", "Numéro INE", "N° INE", "Identifiant national de l'élève"),
    "level": ("Niveau", "Niveau élève", "Niveau de l'élève"),
    "class_label": ("Libellé classe", "Classe", "Nom de la classe", "Classe ou regroupement", "Libellé de la classe",
                    "Classe de l'élève", "Classe élève", "Classe(s)", "Classes"),
    "class_id": ("Identifiant classe", "Identifiant de la classe", "Id classe"),
    "photo": ("Autorisation photo", "Autorisations photos", "Autorisation photos"),
    "association": ("Autorisation associations", "Autorisations associations", "Autorisation association"),
    "dispositif": ("Dispositif(s)", "Dispositif", "Dispositifs"),
    # Read to tell two lines apart, and not kept.
    "address1": ("Adresse1",), "postcode1": ("Cp1",), "town1": ("Commune1",),
    "address2": ("Adresse2",), "postcode2": ("Cp2",), "town2": ("Commune2",),
    # Known and not kept: Préau does not need them.
    "ignored": (
        "Sexe", "Civilité", "Civilité élève", "Pays1", "Pays2", "Cycle", "Attestation fournie", "Décision de passage",
        "Date inscription", "Date d'inscription", "Deuxième prénom", "Troisième prénom", "Prénom 2", "Prénom 3",
        "Commune naissance", "Commune de naissance", "Dépt naissance", "Département naissance",
        "Département de naissance", "Pays naissance", "Pays de naissance", "État", "Regroupement(s)", "Regroupement",
        "Regroupements", "Intervenant", "Intervenants", "Intervenant(s)",
    ),
}  # fmt: skip

GUARDIAN = {
    "civility": ("Civilité Responsable", "Civilité du responsable", "Civilité"),
    "usage_name": ("Nom usage responsable", "Nom d'usage responsable", "Nom d'usage du responsable"),
    "last_name": ("Nom responsable", "Nom de famille responsable", "Nom du responsable"),
    "first_name": ("Prénom responsable", "Prénom du responsable"),
    "full_name": tuple(f"{each} {of}" for each in WHOLE for of in ("responsable", "du responsable")),
    "address": ("Adresse responsable", "Adresse"),
    "postcode": ("CP responsable", "Code postal responsable", "CP", "Code postal"),
    "town": ("Commune responsable", "Commune"),
    "country": ("Pays", "Pays responsable"),
    "email": ("Courriel", "Courriel responsable", "Adresse électronique", *MAILS),
    "home": ("Téléphone domicile", "Téléphone du domicile"),
    "work": ("Téléphone travail", "Téléphone du travail", "Téléphone professionnel"),
    "mobile": ("Téléphone portable", "Portable", "Téléphone mobile", "Mobile", "Tél. portable", "Tél. mobile"),
    "phone": PHONES,
    # One row per pupil and guardian.
    "child_usage_name": ("Nom d'usage élève", "Nom d'usage de l'élève"),
    "child_last_name": ("Nom de famille élève", "Nom élève", "Nom de l'élève", "Nom de famille de l'élève"),
    "child_first_name": ("Prénom élève", "Prénom de l'élève"),
    "child_full_name": tuple(f"{each} {of}" for each in WHOLE for of in ("élève", "de l'élève", "de l'enfant")),
    "child_class": ("Classes élèves", "Classes de l'élève", "Classe élève", "Classe de l'élève", "Classes élève",
                    "Libellé classe", "Classe"),
    "child_birth_date": ("Date de naissance élève", "Date naissance élève", "Date de naissance de l'élève",
                         "Date naissance", "Date de naissance"),
    "ignored": ("Numéro de poste", "PCS", "PCS responsable", "Communication adresses",
                "Profession", "INE", "Niveau", "Cycle", "Identifiant classe", "Sexe"),
}  # fmt: skip

# Blocks repeated at the end of a guardian's row, read by position.
CHILD_BLOCK = {
    "usage_name": ("Nom d'usage enfant", "Nom usage enfant"),
    "last_name": ("Nom de famille enfant", "Nom enfant"),
    "first_name": ("Prénom enfant",),
    "class_label": ("Classes enfants", "Classe enfant", "Classes enfant"),
}

TEACHER = {
    "civility": ("Civilité", "Civilité enseignant"),
    "usage_name": ("Nom usage", "Nom d'usage", "Nom d'usage enseignant"),
    "last_name": ("Nom", "Nom de famille", "Nom enseignant"),
    "first_name": ("Prénom", "Prénom enseignant"),
    "full_name": (*WHOLE, *(f"{each} {of}" for each in WHOLE for of in ("enseignant", "de l'enseignant"))),
    "email": ("Courriel", "Courriel professionnel", "Courriel académique", "Mail académique", *MAILS),
    "home": ("Téléphone domicile",),
    "mobile": ("Téléphone portable", "Portable", "Mobile", "Tél. portable", "Tél. mobile"),
    "phone": PHONES,
    "head": ("Directeur", "Directrice", "Direction"),
    "ignored": ("Adresse", "CP", "Commune", "Pays", "Code postal", "Classe", "Classes"),
}
