"""A guest book, read as a browser reads it: what is text stays text, a reload repeats nothing, no typing is lost."""

import contextlib
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def test_has_form(api):
    """GET / is an HTML page with the form"""
    form_of(api.get("/").status(200))


def test_adds_and_sends_on(api, rng):
    """a valid POST / adds an entry and answers 303 to /"""
    entry = (f"Ana {rng.randrange(10_000)}", f"I was here {rng.randrange(10_000)} times")
    before = page_of(api.get("/")).entries
    reply = sign(api, *entry)
    means = {
        200: "a reload of this page sends the POST again",
        302: "302 leaves the next method open; 303 See Other says GET",
        307: "307 has the browser send the POST once more, to the other page",
    }
    reply.status(303, means=means.get(reply.code, ""))
    if not leads_home(reply.header("Location").headers["Location"]):
        raise reply.not_yet("Location: /", f"Location: {reply.headers['Location']}")
    after = page_of(api.get("/").status(200)).entries
    if entry not in after:
        raise reply.not_yet(f"an <li> with {entry[0]} and {entry[1]} in the page after it", listed(after))
    if len(after) != len(before) + 1:
        raise reply.not_yet("one entry more", f"{len(before)} before, {len(after)} after")
    edges = ("n" * 40, "é" * 200)
    sign(api, *edges).status(303, means="40 and 200 characters are still valid")
    padded = (f" {'z' * 40} ", f"  {'ü' * 200}")
    sign(api, *padded).status(303, means="40 and 200 characters are left after the spaces around them are cut off")
    sign(api, rng.choice("XYZ"), rng.choice("áßø")).status(303, means="1 character is enough")
    sign(api, f"  {entry[0]} b ", f" {entry[1]} ").status(303)
    if (f"{entry[0]} b", entry[1]) not in (found := page_of(api.get("/")).entries):
        raise reply.not_yet(f"an entry of {entry[0]} b", listed(found))


def test_reloading(api, rng):
    """reloading adds nothing"""
    entry = (f"Bo {rng.randrange(10_000)}", "hello")
    sign(api, *entry).status(303)
    counts = [page_of(api.get("/").status(200)).entries.count(entry) for _ in range(3)]
    if counts != [1, 1, 1]:
        reply = api.get("/")
        raise reply.not_yet(f"one entry of {entry[0]}, however often the page is read", f"{counts} after each reload")


def test_stays_text(api, rng):
    """any text is shown as it was typed"""
    mark = f"{rng.randrange(10_000)}"
    texts = {
        f"<i>Ana {mark}</i>": "it reached the page as markup",
        f"<script>alert({mark})</script>": "it reached the page as markup, and would run in every reader's browser",
        f"fish & chips &amp; {mark}": "& was not escaped, so the browser read &amp; as one character",
        f"a < b && b > {mark}": "",
        f"'{mark}' \"q\" {{{{ 7 * 7 }}}} ${{x}}": "",
        f"Zoë ✓ 日本 {mark}": "the characters were lost on the way; HTML is sent as UTF-8",
    }
    for text, reason in texts.items():
        for entry in ((text, "plain"), ("Plain", text)):
            reply = sign(api, *entry)
            reply.status(303)
            page = api.get("/").status(200)
            found = page_of(page).entries
            if entry not in found:
                last = next((each for each in reversed(found) if mark in "".join(each)), None)
                source = source_around(page.text, mark)
                got = f"in the page's source {source or 'nothing of it'}"
                raise reply.not_yet(f"the text {text}", got, meaning(text, source, last, reason))


def test_refuses(api):
    """missing, blank or too long is 422, and adds nothing"""
    before = page_of(api.get("/")).entries
    wrong = [
        ({"name": "", "message": "hello"}, ""),
        ({"name": "Cleo", "message": "  \t "}, "a blank is not a text; trim it before you measure"),
        ({"name": "n" * 41, "message": "hello"}, "41 characters are one too many"),
        ({"name": "Cleo", "message": "m" * 201}, "201 characters are one too many"),
        ({"message": "hello"}, "a field that is not there at all is missing too"),
        ({"name": "Cleo"}, "a field that is not there at all is missing too"),
    ]
    for fields, reason in wrong:
        reply = api.post("/", data=fields)
        reply.status(422, means=reason)
        if "text/html" not in reply.headers.get("content-type", ""):
            raise reply.not_yet("an HTML page", f"Content-Type: {reply.headers.get('content-type', 'none')}")
        after = page_of(api.get("/").status(200)).entries
        if len(after) != len(before):
            raise reply.not_yet("no new entry", listed(after[len(before) :]), "it was kept before it was checked")


def test_keeps_fields(api, rng):
    """the 422 page has an alert, and both fields as typed"""
    number = rng.randrange(10_000)
    long = f"My cat {number} says: " + "meow " * 50
    typed = [
        (f"Dora {number}", ""),
        ("", f"I was here {number} times"),
        (f'Dora" onfocus="alert({number})', ""),
        (f"D'Arcy autofocus {number} &lt;", ""),
        ("", f"</textarea><script>alert({number})</script>"),
        ("", f"me & you &amp; {number}"),
        (f"Dora {number}", long),
    ]
    for name, message in typed:
        reply = sign(api, name, message).status(422)
        page = form_of(reply)
        for field, wanted in (("name", name), ("message", message)):
            got = page.fields[field]
            if got.strip() != wanted.strip():
                means = kept(field, wanted, got, reply.text)
                raise reply.not_yet(f"the field {field} holds {cut(wanted)}", f"it holds {cut(got)}", means)
        if not page.alert.strip():
            raise reply.not_yet('a text in an element with role="alert"', "none")
    calm = page_of(api.get("/"))
    if calm.alert.strip():
        raise api.get("/").not_yet("no alert before anything was typed", cut(calm.alert.strip()))


class Page(HTMLParser):
    """What a browser finds in the page: the entries, the form and its fields, the alert."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.entries = []
        self.form = None
        self.fields = {}
        self.alert = ""
        self.markup = []
        self._open = []
        self._entry = None
        with contextlib.suppress(AssertionError, ValueError):  # markup that even a browser makes nothing of
            self.feed(text)
            self.close()

    def handle_starttag(self, tag, attrs):
        """Note the element, and a value that it holds."""
        values = {name: value or "" for name, value in reversed(attrs)}
        inside = [each for each, _ in self._open]
        if tag == "form" and self.form is None:
            self.form = values
        if "form" in inside and tag == "input" and values.get("name") == "name":
            self.fields["name"] = values.get("value", "")
        if "form" in inside and tag == "textarea" and values.get("name") == "message":
            self.fields["message"] = ""
        if tag == "li":
            self._entry = {}
        if tag not in VOID:
            self._open.append((tag, values))

    def handle_startendtag(self, tag, attrs):
        """Take `<br/>` as a browser does: the slash means nothing."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        """Close the element and what is still open in it."""
        if tag not in (each for each, _ in self._open):
            return
        while self._open.pop()[0] != tag:
            pass
        if tag == "li" and self._entry is not None:
            if set(self._entry) == {"b", "span"}:
                self.entries.append((self._entry["b"].strip(), self._entry["span"].strip()))
            self._entry = None

    def handle_data(self, data):
        """Give the text to the places that it stands in."""
        if not self._open:
            return
        tag, values = self._open[-1]
        if tag == "textarea" and values.get("name") == "message" and "message" in self.fields:
            self.fields["message"] += data
        if any(each.get("role") == "alert" for _, each in self._open):
            self.alert += data
        if self._entry is not None and tag in ("b", "span"):
            self._entry[tag] = self._entry.get(tag, "") + data


def leads_home(address):
    """Whether an address, read from the page /, is that of / again."""
    try:
        return urlsplit(urljoin("http://book/", address)).path in ("", "/")
    except ValueError:
        return False


def page_of(reply):
    return Page(reply.text)


def form_of(reply):
    """The page, which must have the form."""
    kind = reply.headers.get("content-type", "none")
    if kind.partition(";")[0].strip() != "text/html":
        raise reply.not_yet("a page with Content-Type: text/html", f"Content-Type: {kind}")
    page = page_of(reply)
    if page.form is None:
        raise reply.not_yet("a <form> in the page", reply.shown())
    if page.form.get("method", "get").lower() != "post":
        raise reply.not_yet(
            'a form with method="post"',
            f"method={page.form.get('method', 'get, as none is given')}",
            "a form that adds by GET adds again with each reload and each visit of a robot",
        )
    if not leads_home(page.form.get("action", "")):
        raise reply.not_yet('a form with action="/"', f"action={page.form.get('action')}")
    for field, tag in (("name", "input"), ("message", "textarea")):
        if field not in page.fields:
            raise reply.not_yet(f'a <{tag} name="{field}"> in the form', "none")
    return page


def sign(api, name, message):
    return api.post("/", data={"name": name, "message": message})


def meaning(text, source, found, reason):
    """Why the text is not in the page as it was, where that is known."""
    shown = "".join(found or ())
    if "&amp;lt;" in source or "&amp;amp;amp;" in source or "&amp;#" in source or "&amp;quot;" in source:
        return "it was escaped twice, once too early"
    if text in source:
        return reason
    if found and "<" in text and "<" not in shown:
        return "a part of the text was thrown away; it has to be escaped, not cleaned" if "&" not in source else ""
    return ""


def kept(field, wanted, got, source):
    """Why a field does not hold what was typed, where that is known."""
    if wanted.startswith("</textarea>") and wanted in source:
        return "the text ended the textarea, what came after it became markup"
    if not got.strip():
        return "the page was made anew without what was typed" if wanted.strip()[:9] not in source else ""
    if wanted.startswith(got) and field == "name":
        mark = wanted[len(got) : len(got) + 1]
        if mark == '"':
            return 'a " in the text ended the attribute, what came after it became attributes of their own'
        return "without quotes around it, the attribute ends where a space comes"
    if "&amp;" in got.replace("&amp;amp;", "", 1) and "&amp;" not in wanted:
        return "it was escaped twice"
    return ""


def source_around(text, mark):
    line = next((line for line in reversed(text.splitlines()) if mark in line), "")
    place = line.rfind(mark)
    return cut(line[max(0, line.rfind("<li", 0, place), place - 100) :].strip(), 120)


def listed(entries):
    return "; ".join(f"<b>{cut(name)}</b> <span>{cut(message)}</span>" for name, message in entries[-3:]) or "no entry"


def cut(text, most=70):
    text = text if len(text) <= most else f"{text[:most]} … ({len(text)} characters)"
    return text or "nothing"
