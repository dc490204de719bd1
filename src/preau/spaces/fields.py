"""Fields that rooms ask of whatever is published."""

from django import forms


def question_field():
    """What families may ask their child, beside what is published for them."""
    return forms.CharField(
        label="La question à poser à la maison",
        max_length=160,
        required=False,
        help_text="Les familles la lisent à part. Par exemple\u00a0: «\u00a0Comment fait-on du violet\u00a0?\u00a0»",
    )
