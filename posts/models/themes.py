"""What coordinators sort contributions into."""

from django.db import models

from werkplaats.fields import Line
from werkplaats.models import bumps_site_version


class Theme(models.Model):
    name = Line("naam", max_length=60, unique=True)
    position = models.PositiveSmallIntegerField("plaats in de lijst", default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = "thema"
        verbose_name_plural = "thema's"
        triggers = [bumps_site_version()]

    def __str__(self):
        return self.name
