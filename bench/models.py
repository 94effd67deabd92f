from django.db import models


class Line(models.Model):
    """What *plain write* inserts."""

    text = models.CharField(max_length=200)

    def __str__(self):
        return self.text
