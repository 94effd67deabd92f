from django.db import models


class Thumbs(models.TextChoices):
    BOTH = "both", "omhoog en omlaag"
    UP = "up", "alleen omhoog"
    NONE = "none", "geen duimpjes"
