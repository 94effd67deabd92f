"""The order and nesting of a thread, without recursion: a chain of thousands is one flat list."""

from collections import defaultdict

from django.utils.safestring import mark_safe

DEEPEST = 2  # levels of indentation; what is deeper says whom it answers
OPEN = 3  # answers that a list shows
FEWEST = 2  # answers that are worth folding away


def lay_out(rows: list[dict], root_id: int, *, level: int = 0, answers: dict | None = None) -> list[dict]:
    """The rows in reading order from the root on, which stands at `level`, each with its `depth`.

    `answers` is whom it answers where the nesting does not show that. `folded` is how many answers the fold holds that
    begins with it, if one does, and `folds` are the posts that the folds around it begin with. `after` closes what it
    ends, or opens the list of its answers.
    """
    by_pk = {row["id"]: row for row in rows}
    children = defaultdict(list)
    for row in rows:
        if row["id"] != root_id:
            children[row["parent_id"] if row["parent_id"] in by_pk else root_id].append(row)
    if root_id not in by_pk:
        return []
    ordered, stack = [], [(by_pk[root_id], level, answers)]
    while stack:
        row, level, parent = stack.pop()
        ordered.append(row)
        row |= {
            "depth": min(level, DEEPEST),
            "answers": parent if level > DEEPEST else None,
            "folded": 0,
            "folds": [],
        }
        stack += [(answer, level + 1, row) for answer in reversed(children[row["id"]])]
    fold(ordered)
    close(ordered)
    return ordered


def fold(ordered: list[dict]) -> None:
    """Tells the post with which the rest of a long list begins how many that rest is, and each in it of the fold."""
    start = ordered[0]["depth"]
    lists: dict[int, list[int]] = {}  # per depth the places of the posts in the list that is open there
    for place, row in enumerate([*ordered, {"depth": start}]):
        for depth in [depth for depth in lists if depth > row["depth"]]:
            members = lists.pop(depth)
            if len(members) >= OPEN + FEWEST:
                first = ordered[members[OPEN]]
                first["folded"] = place - members[OPEN]
                for inside in ordered[members[OPEN] : place]:
                    inside["folds"].append(first["id"])
        if row["depth"] > start:
            lists.setdefault(row["depth"], []).append(place)


def close(ordered: list[dict]) -> None:
    """Gives each post what opens or closes behind it."""
    start = ordered[0]["depth"]
    folds = set()  # the depths at which a fold is open
    for row, depth in zip(ordered, [*(row["depth"] for row in ordered[1:]), start], strict=True):
        if row["folded"]:
            folds.add(row["depth"])
        place = f'<div class="answers" id="antwoorden-{row["pk"]}">' if row["depth"] < DEEPEST else ""
        if depth > row["depth"]:
            row["after"] = mark_safe(place)  # noqa: S308  our own tags, here and below
            continue
        ends = f"{place and f'{place}</div>'}</article>"
        for ending in range(row["depth"], depth, -1):
            ends += ("</div></details>" if ending in folds else "") + "</div></article>"
            folds.discard(ending)
        row["after"] = mark_safe(ends)  # noqa: S308
