r"""How words are written for the search: in Python for what is asked, in SQL for what was said. Both do the same.

Small letters without accents, with one space before, between and after them. An apostrophe stays inside a word, as in
«zo'n»; what is no sign of a text stays too, so that emoji are found. «één» is written as the number, which it means:
else it would be the article.
"""

import re
import unicodedata

# All that stands between words: \x, \u and \U mean the same to Python and to PostgreSQL.
BETWEEN = (
    r"\u0001-\u0026\u0028-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u060c\u061b\u061f\u06d4"
    r"\u2000-\u206f\u2190-\u21ff\u2e00-\u2e7f\u3000-\u303f\ufe00-\ufe0f"
)
GAP = f"'*[{BETWEEN}][{BETWEEN}']*"
MARKS = r"[\u0300-\u036f]"  # accents, once they stand apart
ONE = "[eé]én"
# What does not come apart, sign for sign; several signs for one stand in LONGER.
FROM, TO = "’‘`´ʼøłđıþ", "'''''oldit"
LONGER = {"ß": "ss", "æ": "ae", "œ": "oe"}

_gap, _marks, _one = re.compile(GAP), re.compile(MARKS), re.compile(rf"\b{ONE}\b")
_signs = str.maketrans(FROM, TO) | str.maketrans(LONGER)


def fold(text: str) -> str:
    plain = _one.sub("1", text.lower().translate(_signs))
    return _gap.sub(" ", f" {_marks.sub('', unicodedata.normalize('NFKD', plain))} ")


def fold_in_sql(text: str) -> str:
    """The same for an expression in SQL."""
    plain = f"translate(lower({text}), '{FROM.replace("'", "''")}', '{TO.replace("'", "''")}')"
    for sign, signs in LONGER.items():
        plain = f"replace({plain}, '{sign}', '{signs}')"
    plain = rf"normalize(regexp_replace({plain}, '\m{ONE}\M', '1', 'g'), NFKD)"
    gap = GAP.replace("'", "''")
    return f"regexp_replace(' ' || regexp_replace({plain}, '{MARKS}', '', 'g') || ' ', '{gap}', ' ', 'g')"
