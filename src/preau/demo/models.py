"""The mark of a base made by the demo."""

from django.db import models

from preau.kit.privacy import Privacy
from preau.kit.rows import Row


class DemoMark(Row):
    """One row on a base filled by `preau demo`; without it `preau demo-code` answers nothing."""

    made_at = models.DateTimeField("remplie le")
    scale = models.PositiveSmallIntegerField("échelle", default=1)

    privacy = Privacy.none("reconnaître une base de démonstration et le dire sur chaque page")

    class Meta:
        verbose_name = "marque de démonstration"
