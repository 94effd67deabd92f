"""The first content of an installation, as data: texts for everyone, and invented people for the demo.

`manage.py loaddemo` puts it in the database. What the source documents prescribe stands here to
the letter; all other words are ours. In long texts `## ` starts a heading, `- ` an item.
"""
