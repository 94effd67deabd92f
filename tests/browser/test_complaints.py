"""The net under the browser tests has no holes: what a browser complains about reaches `complaints`."""

INLINE_SCRIPT = "document.body.append(Object.assign(document.createElement('script'), {text: 'let a'}))"
PICTURE = "src => new Promise(done => Object.assign(new Image(), {src, onerror: done, onload: done}))"


def test_what_a_browser_complains_about_is_heard(open_page, complaints):
    page = open_page()
    page.goto("/healthz")
    page.evaluate(INLINE_SCRIPT)
    page.evaluate(PICTURE, "/static/img/not-there.png")
    page.evaluate(PICTURE, "https://elsewhere.example/pixel.png")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('oops') })")

    heard = "\n".join(complaints)
    complaints.clear()
    assert "Content Security Policy" in heard
    assert "404 for" in heard
    assert "elsewhere.example" in heard
    assert "oops" in heard


def test_a_page_that_is_not_there_is_an_answer_and_no_complaint(open_page):
    page = open_page(js=False)
    assert page.goto("/er-is-hier-niets/").status == 404
