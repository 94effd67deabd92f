"""The tag {% cut %}, with which posts/thread.html marks what differs from reader to reader."""

from django import template

register = template.Library()


class CutNode(template.Node):
    def __init__(self, key: list, usual: template.NodeList, own: template.NodeList):
        self.key, self.usual, self.own = key, usual, own

    def render(self, context) -> str:
        key = tuple(part.resolve(context) for part in self.key)
        cutter = context.get("cutter")
        if cutter is None:
            return (self.own if key in context.get("mine", ()) else self.usual).render(context)
        return cutter.cut(key, self.usual.render(context), self.own.render(context))


@register.tag
def cut(parser, token):
    """{% cut KEY … %}what most readers see{% own %}what a reader sees who has the key{% endcut %}

    A kept card holds both (`posts.reading.cards.Cutter`). Without a cutter, `mine` in the context decides at once.
    """
    key = [parser.compile_filter(part) for part in token.split_contents()[1:]]
    usual = parser.parse(("own", "endcut"))
    own = template.NodeList()
    if parser.next_token().contents == "own":
        own = parser.parse(("endcut",))
        parser.delete_first_token()
    return CutNode(key, usual, own)
