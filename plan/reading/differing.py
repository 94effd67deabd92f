"""What changed in a sentence: the words that went, and those that came in their place."""

from difflib import SequenceMatcher
from typing import NamedTuple

# Words between two changes that are told as one: «een maand» werd «tien schooldagen», not word by word.
NEAR = 2
# More than that, and the whole sentence says it better.
MOST = 3


class Replaced(NamedTuple):
    """Either is empty where words only went or only came."""

    was: str
    now: str

    def __str__(self) -> str:
        if self.was and self.now:
            return f"«{self.was}» werd «{self.now}»"
        return f"erbij kwam «{self.now}»" if self.now else f"weg ging «{self.was}»"


def differing(was: str, now: str) -> list[Replaced]:
    """The changes in their order; one of the whole sentences when most of it is another."""
    old, new = was.split(), now.split()
    spans: list[list[int]] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if spans and old_from - spans[-1][1] <= NEAR and spans[-1][1] > spans[-1][0]:
            spans[-1][1], spans[-1][3] = old_to, new_to
        else:
            spans.append([old_from, old_to, new_from, new_to])
    changed = sum(old_to - old_from for old_from, old_to, _, _ in spans)
    if len(spans) > MOST or (len(spans) > 1 and 2 * changed > len(old)):
        return [Replaced(was, now)]
    return [Replaced(" ".join(old[span[0] : span[1]]), " ".join(new[span[2] : span[3]])) for span in spans]
