"""The charter of use that each guardian reads: plain sentences, each twenty words at most."""

from django.utils.translation import gettext_noop as _

CHARTER = (
    _("Mon compte est à moi\u00a0: je ne donne mon mot de passe à personne."),
    _("Je lis les mots de l’école et j’y réponds, ici ou sur papier."),
    _("Les photos de la classe restent dans la famille\u00a0: je ne les publie pas ailleurs."),
    _("J’écris avec respect. Je préviens l’école si quelque chose me choque ou m’inquiète."),
    _("Je dis à l’école quand une adresse ou un téléphone change."),
)
