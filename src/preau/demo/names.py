"""Names that nobody could take for real: families are called after the games and things of a school yard."""

import random

from preau.kit.names import name_key


def _words(text, separator=None) -> tuple[str, ...]:
    return tuple(text.split(separator))


LAST_NAMES = _words("""
Marelle Toupie Ficelle Craie Cerceau Billes Osselet Diabolo Ballon Cordelette Yoyo Domino Cabane Balançoire Toboggan
Lanterne Cerf-Volant Pirouette Galipette Tambourin Réglisse Guimauve Cartable Ardoise Trousse Gomme Buvard Encrier
Plumier Compas Équerre Pinceau Gouache Pastel Crayon Tableau Pupitre Préau Sifflet Ronde Comptine Devinette Charade
Rébus Puzzle Quille Palet Raquette Volant Tricycle Trottinette Pâquerette Noisette Coquille Escargot Coccinelle
Hirondelle Moineau Papillon Girouette Moulin Bateau Boussole Lampion Confetti Serpentin Carillon Grelot Mirliton
Pantin Marionnette Poupée Ourson Peluche Doudou Goûter Tartine Compote Brioche Madeleine Berlingot Nougatine Praline
Farandole Saute-Mouton Chat-Perché Colin-Maillard Cache-Cache Pomme-d’Api Bouton-d’Or Perce-Neige
""")

FIRST_NAMES_F = _words("""
Lina Inès Jade Louise Alice Chloé Léa Manon Zoé Rose Anna Mila Sara Nour Yasmine Aya Fatou Aminata Maï Linh Elif
Ana Clara Elsa Juliette Camille Romane Agathe Margaux Lucie Nina Éva Ambre Iris Olivia Adèle Capucine Maëlle Soline
Awa Salomé Judith Rita Oana Irina Hanna Leïla Samia Dounia Assia Kenza Safia Marta Paola Rokia Célia Flore Garance
""")

FIRST_NAMES_M = _words("""
Adam Malo Noé Léo Gabriel Raphaël Louis Arthur Jules Maël Hugo Tom Nino Sacha Naël Ibrahim Ismaël Rayan Yanis Idriss
Moussa Ousmane Bao Minh Emre Mateo Diego Ivan Andreï Samuel Elie Victor Paul Simon Basile Félix Oscar Marius Côme
Achille Gaspard Timéo Eliott Robin Axel Nathan Lucas Théo Enzo Aaron Bilal Karim Medhi Salim Amir Koffi Marin Titouan
""")

ADULT_FIRST_NAMES = {
    "Mme": _words("""
Amina Claire Julie Sophie Nadia Céline Sandrine Aurélie Émilie Fatima Khadija Mariam Estelle Hélène Laure
Delphine Karine Rachel Sabrina Virginie Élodie Marion Pauline Coralie Myriam Samira Svetlana Teresa Rosa Ngoc"""),
    "M.": _words("""
Karim Julien David Nicolas Olivier Stéphane Mehdi Rachid Mamadou Sékou Antoine Thomas Vincent Laurent
Benoît Cédric Fabien Guillaume Jérôme Mickaël Sébastien Pascal Youssef Ali Pedro Carlos Milan Tuan Régis Damien"""),
}

STREETS = _words(
    """rue de la Marelle|rue des Quatre-Coins|impasse du Cerceau|allée des Billes|rue de la Corde-à-Sauter|
place du Préau|rue de la Toupie|chemin des Écoliers|rue du Tableau-Noir|rue de la Craie""".replace("\n", ""),
    "|",
)


class NameSource:
    """Draws names, never the same pair twice in one school, always in the same order for the same seed."""

    def __init__(self, seed, compound=False):
        self.random = random.Random(seed)
        self.compound = compound
        self.used = set()

    def reserve(self, first_name, last_name):
        """Keeps a named person's name for that person alone."""
        self.used.add(name_key(f"{last_name} {first_name}"))

    def last_name(self) -> str:
        """« Toupie », or « Toupie-Domino » when thousands of families need one."""
        name = self.random.choice(LAST_NAMES)
        if self.compound:
            name = f"{name}-{self.random.choice(LAST_NAMES)}"
        return name

    def pupil_first_name(self, last_name) -> tuple[str, str]:
        """A first name not yet borne with this last name, and the sex written in ONDE files (F or M)."""
        while True:
            sex = self.random.choice("FM")
            first = self.random.choice(FIRST_NAMES_F if sex == "F" else FIRST_NAMES_M)
            key = name_key(f"{last_name} {first}")
            if key not in self.used:
                self.used.add(key)
                return first, sex
            if len(self.used) > 60:  # every first name of this family name may be taken: join two
                first = f"{first}-{self.random.choice(FIRST_NAMES_F if sex == 'F' else FIRST_NAMES_M)}"
                key = name_key(f"{last_name} {first}")
                if key not in self.used:
                    self.used.add(key)
                    return first, sex

    def adult_first_name(self, civility, last_name) -> str:
        names = ADULT_FIRST_NAMES[civility]
        for _ in range(40):
            first = self.random.choice(names)
            if (key := name_key(f"{last_name} {first}")) not in self.used:
                self.used.add(key)
                return first
        first = f"{self.random.choice(names)}-{self.random.choice(names)}"
        self.used.add(name_key(f"{last_name} {first}"))
        return first

    def address(self) -> str:
        return f"{self.random.randint(1, 99)} {self.random.choice(STREETS)}"
