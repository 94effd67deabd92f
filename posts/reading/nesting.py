"""The order and nesting of a thread as one flat list, without recursion: a chain may have thousands of answers."""

from collections import defaultdict

from django.utils.safestring import mark_safe

DEEPEST = 2  # levels of indentation; a deeper post says whom it answers
OPEN = 3  # answers that are not folded away
FEWEST = 2  # answers worth a fold


def lay_out(rows: list[dict], root_id: int, *, level: int = 0, answers: dict | None = None) -> list[dict]:
    """The rows in reading order, from the root at `level`, each with its `depth` and more.

    `answers`: the post it answers, where nesting does not show that. `folded`: how many answers are in the fold that
    begins with it. `folds`: the first posts of the folds around it. `after`: the tags that close what ends with it, or
    open the list of its answers.
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
        row |= {"depth": min(level, DEEPEST), "answers": parent if level > DEEPEST else None, "folded": 0, "folds": []}
        stack += [(answer, level + 1, row) for answer in reversed(children[row["id"]])]
    fold(ordered)
    close(ordered)
    return ordered


def fold(ordered: list[dict]) -> None:
    """Sets `folded` on the first post of the rest of a long list, and `folds` on each post in that rest."""
    start = ordered[0]["depth"]
    lists: dict[int, list[int]] = {}  # by depth: the places of the posts in the list that is open there
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
    """Sets `after` on each post: what opens or closes behind it."""
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
