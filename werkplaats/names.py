"""In which order names stand: one for every list, on paper, in a file and in the back office; the database keeps it.

Capitals and accents make no difference, «IJ» is an I and a J, and what Dutch surnames begin with comes last: «Bart
van Dam» stands between «Bart Bos» and «Bart Eek», «de Wit» under the W. PostgreSQL knows no such order: its collations
come with ICU, which the one on a laptop has not, or differ by machine.
"""

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Concat, Lower, Replace, Trim

# What does not come apart into a letter and a mark, sign for sign; several signs for one stand in LONGER.
FROM, TO = "’‘`´ʼøłđı", "'''''oldi"
LONGER = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
MARKS = r"[\u0300-\u036f]"  # accents, once they stand apart
# Before a surname, at its beginning or after a space. An initial is none: «T. Jansen», «V. Smit».
BEFORE = (
    r"(?<![^ ])(?:"
    r"(?:aan|bij|in|onder|op|over|uit|voor) (?=(?:de|den|der|het|'t) )"
    r"|(?:van|von|vd|v[./]? ?d[.]?|de|den|der|het|'t|'s|ten|ter|te) |'s-|d'(?=\w))"
)
BETWEEN = r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f]+"
TEXT = models.TextField()
AFTER_THE_WORDS = "\t"  # before a space: «Bart Dam» stands above «Bart Dam junior»


def order_of(name: str) -> Concat:
    """The key by which a column of names is ordered: the same for ever, as a GeneratedField wants."""
    plain = _plain(F(name))
    words, all_words = _words(_without(plain, BEFORE, "")), _words(plain)
    return Concat(words, Value(AFTER_THE_WORDS), all_words, output_field=TEXT)


def part_of_name(typed: str) -> Trim:
    """What somebody typed to find a name, as it stands in a `name_order` that has it."""
    return _words(_plain(Value(typed, TEXT)))


def _plain(name: models.Expression | F) -> models.Expression:
    """In small letters, without accents."""
    plain: models.Expression = Lower(name)
    plain = Func(plain, Value(FROM), Value(TO), function="translate", output_field=TEXT)
    for sign, signs in LONGER.items():
        plain = Replace(plain, Value(sign), Value(signs), output_field=TEXT)
    plain = Func(plain, template="normalize(%(expressions)s, NFKD)", output_field=TEXT)
    return _without(plain, MARKS, "")


def _words(plain: models.Expression) -> Trim:
    return Trim(_without(plain, BETWEEN, " "), output_field=TEXT)


def _without(text: models.Expression, pattern: str, instead: str) -> Func:
    """`instead` of each match; what the pattern means is PostgreSQL's."""
    arguments = (text, Value(pattern), Value(instead), Value("g"))
    return Func(*arguments, function="regexp_replace", output_field=TEXT)


class NamedPerson(models.Model):
    """A row with the `name` of a person. Lists of people go by `name_order`, which the database makes of it."""

    name_order = models.GeneratedField(
        expression=order_of("name"), output_field=models.TextField(db_collation="C"), db_persist=True
    )

    class Meta:
        abstract = True
