"""A workbench on a small content folder, asked through Flask's test client as a browser would ask it."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient
from small_content import small_content

from ivr.desk.workbench.app import create_workbench
from ivr.desk.workbench.bench import Bench
from ivr.desk.workbench.kept import Kept
from ivr.phone.handset import Handset
from ivr.phone.page import create_page
from ivr.settings import DEFAULT_HELPLINE

HERE = "http://127.0.0.1:8001"
BOX = re.compile(
    r'<(?:textarea id="box-[^"]*" name="(?P<area>[^"]*)"[^>]*>(?P<words>[^<]*)</textarea>'
    r'|input id="box-[^"]*" name="(?P<line>[^"]*)"[^>]* value="(?P<value>[^"]*)")'
)
HIDDEN = re.compile(r'<input type="hidden" name="(?P<name>[^"]*)" value="(?P<value>[^"]*)">')


def page_of(root, data, **more):
    app = create_page(Handset)
    app.register_blueprint(create_workbench(Bench(root, DEFAULT_HELPLINE, Kept(data), **more)))
    return app


@dataclass
class Desk:
    root: Path
    data: Path
    client: FlaskClient

    def see(self, path, status=200):
        answer = self.client.get(f"/workbench/{path}", base_url=HERE)
        assert answer.status_code == status, answer.text
        return answer.text

    def send(self, path, form, status=200, **headers):
        """The page that comes then, a redirect followed."""
        answer = self.client.post(f"/workbench/{path}", data=form, base_url=HERE, headers=headers)
        if answer.status_code == 303 and status == 303:
            return self.client.get(answer.location, base_url=HERE).text
        assert answer.status_code == status, words_in(answer.text)
        return answer.text

    def form(self, path):
        """What a browser would send from the page, if nobody changed anything."""
        return fields_in(self.see(path))

    def ask(self, path, form):
        answer = self.client.post(f"/workbench/{path}", data=form, base_url=HERE)
        assert answer.status_code == 200, answer.text
        return answer.json

    def file(self, name):
        return (self.root / name).read_bytes()


def fields_in(page):
    found = {match["name"]: match["value"] for match in HIDDEN.finditer(page)}
    for match in BOX.finditer(page):
        name, value = (match["area"], match["words"]) if match["area"] else (match["line"], match["value"])
        found[html.unescape(name)] = html.unescape(value)
    return found


def words_in(page):
    """As a reader sees them."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def code_on(page, path):
    """The code of a file's words, as somebody reads it from the sheet."""
    return re.search(rf"{re.escape(path)}.*?<strong>([0-9a-f]{{8}})</strong>", page, re.DOTALL)[1]


def desk(folder):
    root = small_content(folder)
    return Desk(root, folder / "data", page_of(root, folder / "data").test_client())
