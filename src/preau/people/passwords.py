"""Password rules: long, free, not common, not one's own words (trust.md §2.1 3–8)."""

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from preau.kit.names import name_key

SHORTEST = 12


class LengthRule:
    """12 signs at least; no composition rule, no maximum below 128."""

    def validate(self, password, user=None):
        if len(password) < SHORTEST:
            raise ValidationError(f"Écrivez au moins {SHORTEST} signes. Trois ou quatre mots vont bien.", code="short")
        if len(password) > 128:
            raise ValidationError("Écrivez 128 signes au plus.", code="long")

    def get_help_text(self):
        return f"Au moins {SHORTEST} signes. Trois ou quatre mots vont bien."


class CommonRule(CommonPasswordValidator):
    """Refuses the passwords that everyone tries first."""

    def validate(self, password, user=None):
        try:
            super().validate(password, user)
        except ValidationError:
            raise ValidationError("Ce mot de passe est trop courant. Choisissez-en un autre.", code="common") from None

    def get_help_text(self):
        return ""


class OwnWordsRule:
    """Refuses a password that is little more than the person's own names or identifier."""

    def validate(self, password, user=None):
        person = getattr(user, "person", None)
        words = [getattr(user, "identifier", "") or ""]
        if person:
            words += [person.first_name, person.last_name, person.usage_name]
        folded = name_key(password).replace(" ", "")
        for word in words:
            key = name_key(word).replace(" ", "")
            if len(key) >= 4 and key in folded and len(folded) - len(key) < 6:
                raise ValidationError("Votre nom se devine. Ajoutez d’autres mots.", code="own_words")

    def get_help_text(self):
        return ""
