"""What every template can say in words."""

from django.template import Context, Template


def test_a_sentence_of_a_mail_may_be_laid_out_over_lines():
    sentence = "{{ name }},\n{% if late %}\n  kom\n{% endif %}\n  om 9.00\u00a0uur."
    source = f"{{% filter one_line %}}\n{sentence}\n{{% endfilter %}}|"
    for late, told in [(True, "Bas & Noor, kom om 9.00\u00a0uur.|"), (False, "Bas & Noor, om 9.00\u00a0uur.|")]:
        context = {"name": "Bas & Noor", "late": late}
        assert Template(source).render(Context(context, autoescape=False)) == told
        assert Template(source).render(Context(context)) == told.replace("&", "&amp;")
