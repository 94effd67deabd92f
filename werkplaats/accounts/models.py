"""Mails about accounts, kept until the worker has sent them."""

from django.db import models

from werkplaats.fields import Address


class Letter(models.Model):
    """A mail about an account that waits for the worker; gone once sent."""

    to = Address()
    template = models.CharField(max_length=100)
    data = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"brief {self.pk}"
