"""The erasure certificate on paper: the thing, whose memory was erased, by whom, how and when, and its seal. Pure."""

from django.utils.timezone import localdate

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.paper import Paper
from preau.people.models import Role

WIDTHS = (1, 2.2)


def draw(*, certificate, now) -> bytes:
    """The PDF. `certificate` as `queries.certificate_of` reads it."""
    retirement = certificate.retirement
    asset, city = retirement.asset, retirement.asset.city
    paper = Paper(
        f"Certificat d’effacement, {asset.shown_tag}",
        now,
        head=(city.name, f"imprimé le {day_text(localdate(now))}"),
        foot=f"empreinte {certificate.digest}",
    )
    paper.title_line("Certificat d’effacement")
    if city.is_fictitious:
        paper.paragraph("Commune fictive, données fictives de démonstration.")
    if retirement.cancelled_at:
        day = day_text(localdate(retirement.cancelled_at))
        paper.paragraph(f"Réforme annulée le {day}{NBSP}: ce bien est revenu dans l’inventaire.")
    paper.section("Le matériel")
    paper.grid(("Quoi", "Ce qui est noté"), _things(asset, retirement), widths=WIDTHS)
    paper.section("L’effacement de sa mémoire")
    paper.grid(("Quoi", "Ce qui est noté"), _erasure(retirement), widths=WIDTHS)
    paper.section("Le sceau")
    for text in _seal(certificate):
        paper.paragraph(text)
    paper.section("Signature")
    paper.grid(("Nom et qualité", "Date et signature"), [("", "")], widths=(1, 1), tall=True)
    return paper.finish()[0]


def _things(asset, retirement):
    return [
        ("Désignation", f"{asset.label} ({asset.get_kind_display()})"),
        ("Numéro de série", asset.serial or "non relevé"),
        ("Étiquette", asset.shown_tag),
        *(_that_day(retirement) if retirement.salt else []),
        ("Réformé le", f"{day_text(retirement.retired_on)}, {retirement.get_reason_display()}"),
        *([("Sorti le", _left(retirement))] if retirement.way else []),
    ]


def _that_day(retirement):
    """Kept on the retirement, for the thing may serve again elsewhere; not known of those written before."""
    school = retirement.school
    return [
        ("Dernière école", school.full_name if school else "réserve de la Ville"),
        ("Financement", retirement.get_funding_display()),
    ]


def _left(retirement):
    parts = (day_text(retirement.disposed_on), retirement.get_way_display(), retirement.beneficiary)
    return ", ".join(part for part in (*parts, retirement.disposal_ref) if part)


def _erasure(retirement):
    return [
        ("Effacée par", retirement.erased_by),
        ("Procédé", retirement.get_erasure_method_display()),
        ("Effacée le", day_text(retirement.erased_on)),
        ("Référence", retirement.erasure_ref or "aucune"),
    ]


def _seal(certificate):
    """What the seal proves, and what it does not."""
    seal = certificate.seal
    if seal is None:
        yield "Cette réforme a été écrite avant le journal scellé\u00a0: rien ne la scelle."
        return
    title = f", au titre de{NBSP}: {Role(seal.role).label}" if seal.role in Role else ""
    yield f"Réforme notée le {day_text(localdate(seal.entry.at))}{title}."
    yield f"Ligne {seal.number} du journal scellé de la Ville, empreinte{NBSP}:\n{seal.digest}"
    left = certificate.exit_seal
    if left is not None:
        yield f"Sortie{NBSP}: ligne {left.number}, empreinte{NBSP}:\n{left.digest}"
    elif certificate.retirement.way and certificate.holds:
        yield "La sortie a été écrite avant que ces lignes la lient\u00a0: rien ne la scelle."
    if certificate.holds:
        these = "cette ligne a scellé" if left is None else "ces lignes ont scellé"
        yield (
            f"Ce papier dit ce que {these}. Pour le vérifier, tapez le numéro et l’empreinte sur la page "
            f"«{NBSP}Journal scellé{NBSP}»."
        )
    else:
        yield f"Attention{NBSP}: la fiche a changé depuis. Ce papier ne dit plus ce qui a été scellé."
