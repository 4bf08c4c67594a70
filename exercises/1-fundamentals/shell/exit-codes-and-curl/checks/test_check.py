"""The script asks a server of ours, in a process of its own, whose paths tell nothing about their answers."""

import json
import re
import shlex
import socket
import sys
import time

from runner.kit.outcomes import NotYet

PATIENCE = 3
"""Seconds that the brief allows."""

SLACK = 0.9
"""Seconds on top for a busy computer."""

HANG = 4.2
"""Seconds after which the silent server hangs up, so that nobody waits for ever."""

SERVER = """
import json, os, socket, sys, threading, time

folder, hang = sys.argv[1], float(sys.argv[2])
with open(folder + "/pages.json") as file:
    pages = json.load(file)
journal = os.open(folder + "/journal", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
silent = []


def answer(client):
    with client:
        client.settimeout(10)
        request = b""
        while b"\\r\\n\\r\\n" not in request:
            data = client.recv(65536)
            if not data:
                return
            request += data
        method, _, rest = request.partition(b" ")
        path = rest.split(b" ")[0].decode("latin-1")
        status = pages.get(path.strip("/").split("?")[0], 404)
        os.write(journal, (path + "\\n").encode())
        if status == "drop":
            return
        if status == "hang":
            silent.append(time.monotonic())
            client.settimeout(max(0.01, silent[0] + hang - time.monotonic()))
            client.recv(1)
            return
        body = b"" if status in (204, 304) else f"page {status}: try again in 200 ms\\n".encode()
        lines = [f"HTTP/1.1 {status} {'OK' if status < 400 else 'Error'}", f"Content-Length: {len(body)}"]
        lines += ["Content-Type: text/plain", "Connection: close"]
        if status in (301, 302, 303, 307, 308):
            lines.append("Location: /" + next(name for name in pages if pages[name] == 200))
        head = "\\r\\n".join([*lines, "", ""]).encode()
        client.sendall(head + (b"" if method == b"HEAD" else body))


def serve(client):
    try:
        answer(client)
    except OSError:
        pass


server = socket.create_server(("127.0.0.1", 0))
with open(folder + "/port.new", "w") as file:
    file.write(str(server.getsockname()[1]))
os.rename(folder + "/port.new", folder + "/port")
while True:
    threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
"""

FAIL = r"\s-[a-zA-Z]*f|--fail"
"""How a script's text tells that curl is to fail on HTTP errors."""

METER = re.compile(r"% Total|Dload|--:--|^\s*$")
"""A line of curl's progress meter."""

ASKED = {}
"""What came of each question in this run; the last check looks at some of them again."""


class Server:
    """A server of ours, which ends with the check; each page has a random name and a status."""

    def __init__(self, shell, rng, statuses):
        shell.script("check.sh")  # where that is missing, a message about a server would be none
        self.folder = shell.folder("server").resolve()
        names = rng.sample(range(10_000, 100_000), len(statuses))
        self.pages = {f"p{number}": status for number, status in zip(names, statuses, strict=True)}
        (self.folder / "pages.json").write_text(json.dumps(self.pages), encoding="utf-8")
        (self.folder / "serve.py").write_text(SERVER, encoding="utf-8")
        command = shlex.join([sys.executable, "-ISB", str(self.folder / "serve.py"), str(self.folder), str(HANG)])
        (self.folder / "serve.sh").write_text(f"exec {command} 2>{shlex.quote(str(self.folder / 'stderr'))}\n")
        shell.start(str(self.folder / "serve.sh"))
        limit = time.monotonic() + 8
        while not (self.folder / "port").exists():
            if time.monotonic() > limit:
                said = (self.folder / "stderr").read_text(errors="replace") if (self.folder / "stderr").exists() else ""
                raise RuntimeError(f"the checks' own server did not start: {said[-300:]}")
            time.sleep(0.005)
        self.port = int((self.folder / "port").read_text())

    def url(self, status):
        """The address of the page with STATUS."""
        name = next(name for name, each in self.pages.items() if each == status)
        return f"http://127.0.0.1:{self.port}/{name}?from=check&try=1"

    def asked(self, url):
        """Whether somebody asked for URL."""
        try:
            lines = (self.folder / "journal").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return False
        return url.partition(f":{self.port}")[2] in lines


class Answer:
    """What the script did with one URL."""

    def __init__(self, shell, url, about):
        self.shell, self.url, self.about = shell, url, about
        self.done = shell.run("check.sh", url)

    def refuse(self, expected, got, means="", look=""):
        """End the check as not yet passed."""
        said = [part.rpartition("\r")[2] for part in self.done.stderr.split("\n") if part.strip()]
        said = [part.replace(f"{self.shell.work}/", "") for part in said]
        said = [part for part in said if not METER.search(part)] or said[:1]
        command = f"bash check.sh {self.url.partition('?')[0]}"
        raise NotYet(
            command=command, expected=expected, got=got, stderr="\n".join(said[:2])[:300], means=means, look=look
        )

    def must_end_with(self, code, means, page):
        """End the check where the script's exit status is not CODE."""
        if self.done.code == code:
            return
        loud = (self.done.stdout + self.done.stderr).strip()
        own = {6, 7, 22, 28, 52, 56}
        if code and self.done.code in own:
            means = f"{self.done.code} is curl's own number for it; here it is to become {code}"
        elif code and self.done.code == 0 and loud and re.search(r"\b(echo|printf)\b", source(self.shell)):
            means = means or "a message does not change the exit status; `exit` does"
        self.refuse(f"exit {code}: {self.about}", how(self.done.code), means, look_at(page))


def ask(shell, server, status):
    """Ask the server for its page with STATUS; end the check where no request came."""
    url = server.url(status)
    answer = Answer(shell, url, f"the server answers {status}" if isinstance(status, int) else WORDS[status])
    if not server.asked(url):
        means = 'the URL holds & and ?; `"$1"` hands it on whole' if server.asked(url.partition("&")[0]) else ""
        answer.refuse("a request for the URL", "none reached the server", means, look_at(status))
    ASKED[status] = answer
    return answer


WORDS = {"drop": "the server hangs up without an answer", "hang": "the server accepts and never answers"}


def knock(shell):
    """Ask for a port where nobody listens."""
    with socket.socket() as taken:  # bound and not listening: calls are refused, and nobody else can get the port
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        ASKED["closed"] = Answer(shell, url, "nobody listens on that port")
        return ASKED["closed"]


def test_healthy(shell, rng):
    """an HTTP status from 200 to 399: exit 0"""
    other = rng.choice([201, 202, 204])
    server = Server(shell, rng, [200, 302, other])
    for status in (200, 302, other):
        answer = ask(shell, server, status)
        means = ""
        if status != 200 and answer.done.code in (1, 2):
            means = "200 is not the only status of a healthy server"
        elif answer.done.code and asks_again(shell):
            means = AGAIN
        answer.must_end_with(0, means, status)


def test_http_error(shell, rng):
    """an HTTP status of 400 or more: exit 1"""
    other = rng.choice([400, 401, 403, 410, 429, 502, 503])
    server = Server(shell, rng, [200, 404, 500, other])
    for status in (404, 500, other):
        answer = ask(shell, server, status)
        text, means = source(shell), ""
        fails = re.search(FAIL, text)
        if answer.done.code == 0 and "grep" in text and "20" in text:
            means = "an error page can hold any text, here 200 too; the status is in the first line of the answer"
        elif answer.done.code == 0 and not fails and "http_code" not in text and "response_code" not in text:
            means = "for curl any answer is a success, an error page too, unless `--fail` is given"
        elif answer.done.code == 2 and asks_again(shell):
            means = AGAIN
        elif answer.done.code == 2 and fails:
            means = "an answer came; curl's exit status 22 tells an HTTP error from no answer at all"
        elif status == other:
            means = f"404 and 500 are told; every other status from 400 on, such as {other}, counts too"
        answer.must_end_with(1, means, status)


def test_unreachable(shell, rng):
    """no answer, as on a closed port: exit 2"""
    server = Server(shell, rng, [200, "drop"])
    for answer, page in ((knock(shell), ""), (ask(shell, server, "drop"), "drop")):
        means = ""
        if answer.done.code == 1:
            means = AGAIN if asks_again(shell) else "1 says that an answer came, with an HTTP error; here none came"
        elif page == "drop" and ASKED["closed"].done.code == 2:
            means = "there are more ways to get no answer than a closed port"
        answer.must_end_with(2, means, page)


def test_gives_up(shell, rng):
    """a server that accepts and stays silent: exit 2 within 3 seconds"""
    server = Server(shell, rng, [200, "hang"])
    answer = ask(shell, server, "hang")
    seconds = answer.done.ms / 1000
    if seconds > PATIENCE + SLACK:
        means = ""
        if seconds >= HANG and "--max-time" not in source(shell) and not re.search(r"\s-m", source(shell)):
            means = "the connection stands; without a limit curl waits for the answer as long as it does"
            if "--connect-timeout" in source(shell):
                means = "`--connect-timeout` ends with the connection, which stood at once; the answer never came"
        answer.refuse(
            f"an end within {PATIENCE} s: {answer.about}", f"{seconds:.1f} s", means, look_at("hang", "time ")
        )
    means = "1 says that an answer came, with an HTTP error; here none came" if answer.done.code == 1 else ""
    answer.must_end_with(2, means, "hang")


def test_message_on_stderr(shell, rng):
    """stdout stays empty; on stderr a message, or nothing if healthy"""
    status = 404
    if not {200, status} <= set(ASKED):
        server = Server(shell, rng, [200, status])
        for each in (200, status):
            ask(shell, server, each)
    closed = ASKED.get("closed") or knock(shell)
    for answer, page in ((ASKED[200], 200), (ASKED[status], status), (closed, "")):
        done, look = answer.done, look_at(page, after=" >out.txt 2>err.txt; head *.txt")
        if done.stdout:
            means = "curl writes the page to stdout; `-o` sends it elsewhere" if "try again in" in done.stdout else ""
            if not means and page != 200 and not done.stderr:
                means = "the message is on stdout, where a caller expects results"
            answer.refuse(f"nothing on stdout: {answer.about}", f"{done.stdout[:120]!r}", means, look)
        meter = "% Total" in done.stderr
        if page == 200 and done.stderr:
            means = "the table is curl's progress meter; -s turns it off" if meter else ""
            answer.refuse(f"nothing on stderr: {answer.about}", "there is something", means, look)
        if page != 200 and not done.stderr.strip():
            silent = re.search(r"\s-[a-zA-Z]*s", source(shell)) or "--silent" in source(shell)
            errors = page == "" or re.search(FAIL, source(shell))  # else curl has nothing to tell
            means = "-s hides curl's error messages too; -S shows them again" if silent and errors else ""
            answer.refuse(f"a message on stderr: {answer.about}", "nothing", means, look)
        if page == status and str(status) not in done.stderr:
            answer.refuse(f"a message on stderr with the status {status}", "one without it", "", look)


def look_at(page, before="", after="; echo $?"):
    """A command that shows the same on the learner's own stub, or on a port where nobody listens."""
    if page == "":
        return f"{before}bash check.sh http://127.0.0.1:1/{after}"
    return f"{before}bash check.sh http://127.0.0.1:8765/{page}{after}   (python3 stub.py 8765 beside it)"


AGAIN = "`$?` after `if [ ... ]` is the status of that test, no longer curl's"


def asks_again(shell):
    """Whether the script looks at `$?` in an elif, after a test has changed it; for a diagnosis alone."""
    return re.search(r"elif\s+(\[|test|\(\()[^\n;]*\$\?", source(shell)) is not None


def source(shell):
    """The script's text without its comment lines."""
    with open(shell.script("check.sh"), encoding="utf-8", errors="replace") as file:
        return "".join(line for line in file if not line.lstrip().startswith("#"))


def how(code):
    """An exit status in words."""
    return f"exit {code}" if code >= 0 else f"ended by signal {-code}"
