"""The plan that everyone reads, as a Word document: its chain, its sentences, and what is behind them as footnotes."""

from io import BytesIO

from plan.exports.word import Footnote, Strong, Writer, document
from plan.models.chain import Stage, agreeing
from plan.reading.concept import Behind, Concept, Shown
from werkplaats.models import Site
from werkplaats.words import day, number


def made(concept: Concept, site: Site, address: str) -> bytes:
    """The file; `address` is that of the site, for links."""
    file = BytesIO()
    with document(file, f"{concept.plan} {site.period}") as word:
        _begin(word, concept, site)
        for part in concept.parts:
            word.heading(1, str(part.chapter))
            for row in part.rows:
                _sentence(word, row, address)
    return file.getvalue()


def _begin(word: Writer, concept: Concept, site: Site) -> None:
    word.paragraph(f"{concept.plan} {site.period}", style="Title")
    what = "Dit plan is vastgesteld." if concept.is_adopted else "Dit is een concept: een voorstel voor het plan."
    word.paragraph(what)
    steps(word, concept.chain)


def steps(word: Writer, chain: list[Stage]) -> None:
    """The steps, each with when, by whom and its document, and that reacting is not agreeing."""
    for stage in chain:
        step = stage.step
        name = f"{step.name} ({step.short})" if step.short else step.name
        body = f". Door wie: {step.body}" if step.body else ""
        document = f" Het stuk: {step.document}" if step.document else ""
        word.paragraph(Strong(name), f", {stage.when(day)}{body}.{document}", style="About")
    if said := agreeing(chain):
        word.paragraph(said)


def _sentence(word: Writer, row: Shown, address: str) -> None:
    if row.is_gone:
        word.paragraph(Strong(row.number), " Deze zin is vervallen.")
        return
    if row.wording:
        notes = [Footnote(_source(each, row, address)) for each in row.behind]
        word.paragraph(Strong(row.number), f" {row.wording.text}", *notes)
    if row.is_of_law:
        word.paragraph("(De wet vraagt dit.)", style="About")
    if row.changed and row.wording:
        what = ", ".join(filter(None, ["; ".join(map(str, row.changed.replaced)), row.changed.why]))
        word.paragraph(f"(Gewijzigd op {day(row.changed.on)}: {what}.)", style="About")
    for each in row.additions:
        word.paragraph(Strong(f"Besloten op {day(each.decided_on)}: "), each.text)


def _source(each: Behind, row: Shown, address: str) -> str:
    if each.heard:
        times = number(each.times, "keer,keer")
        return f"Bron {each.number}. {each.heard} ({times} gehoord: {each.about}, {address}{each.url})"
    return f"Bron {each.number}. Lees wie dit zei bij de zin: {address}/plan/zin/{row.number}/"
