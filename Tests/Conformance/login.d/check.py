"""One provider's part of the check: check.py NAME PROVIDER CONSOLE FOLDER CHROMIUM CHROMEDRIVER SLIPWAY."""

import json
import os
import signal
import sys
import time
from urllib.parse import urlparse

import browser
import forged
import httpx
import providers
from commands import Commands
from console import SESSION, Console, Wrong, expect
from people import CONSOLE, EVERYWHERE, OPERATORS, PEOPLE, VIEWERS
from selenium.common.exceptions import WebDriverException


class Check:
    def __init__(self, name, provider, console, person, commands, data):
        self.name = name
        self.provider = provider
        self.console = console
        self.person = person
        self.commands = commands
        self.data = data

    def say(self, text):
        print(f"login: {self.name}: {text}", flush=True)

    def run(self):
        self.strangers_are_refused()
        self.login_request_is_sound()
        self.answers_are_bound()
        self.tokens_are_checked()
        self.signs_in("bob", "viewer")
        self.say("bob signs in as viewer; the page shows who he is")
        self.cookie_is_guarded()
        self.goes_nowhere_else("bob")
        self.signs_out("bob", "viewer")
        self.follows_changed_role()
        if self.provider.has_device_flow:
            self.commands_sign_in_by_code()
        self.commands_sign_in_by_token()
        if self.provider.has_api_tokens:
            self.follows_changed_key()

    def strangers_are_refused(self):
        expect(not self.console.knows(None), "who has no session is refused")
        expect(not self.console.knows("0" * 64), "a made-up session is refused")
        answer = self.console.operations()
        expect(answer.status_code == 401, "the API without a token is 401", answer)
        self.say("without a session or a token nothing is answered")

    def login_request_is_sound(self):
        first, second = self.console.login_request(), self.console.login_request()
        endpoint = self.provider.metadata["authorization_endpoint"]
        expect(urlparse(first.url)._replace(query="").geturl() == endpoint, f"the login leads to {endpoint}", first)
        for key, value in {
            "response_type": "code",
            "client_id": CONSOLE,
            "redirect_uri": f"{self.console.address}/auth/callback",
            "code_challenge_method": "S256",
        }.items():
            expect(first.query.get(key) == value, f"its {key} is {value}", first)
        expect("openid" in first.query.get("scope", "").split(), "its scope has openid", first)
        expect(len(first.query.get("code_challenge", "")) == 43, "its challenge is a SHA-256", first)
        for key in ("state", "nonce", "code_challenge"):
            expect(len(first.query.get(key, "")) >= 22, f"its {key} cannot be guessed", first)
            expect(first.query[key] != second.query.get(key), f"its {key} is another each time", first)
        self.say("the login's request has state, nonce and an S256 challenge, new each time")

    def answers_are_bound(self):
        """What comes to the callback and is not the answer to this browser's request."""
        told = self.provider.metadata.get("authorization_response_iss_parameter_supported")
        made_up = {"code": "made-up"} | ({"iss": self.provider.metadata["issuer"]} if told else {})
        one = self.console.login_request()
        self.console.refuses_callback("with another state", made_up | {"state": "x" * 43}, one.cookies)
        self.console.refuses_callback("with a made-up code", made_up | {"state": one.query["state"]}, one.cookies)
        two = self.console.login_request()
        refusal = {"error": "access_denied", "state": two.query["state"]}
        self.console.refuses_callback("that is a refusal", refusal, two.cookies)
        if not self.provider.asks_for_password:
            self.real_answers_are_bound()
        self.say("an answer that is not the provider's to this browser's request opens nothing")

    def real_answers_are_bound(self):
        """The same of the provider's own answers, which each would do in their place."""
        one, two = self.console.login_request(), self.console.login_request()
        answer = self.provider.consent(one.url, "bob")
        self.console.refuses_callback("to another browser's request", answer, two.cookies)
        three = self.console.login_request()
        url = three.url.replace(three.query["nonce"], "n" * len(three.query["nonce"]))
        expect(url != three.url, "the nonce stands in the address", three)
        self.console.refuses_callback("to another nonce", self.provider.consent(url, "bob"), three.cookies)
        four = self.console.login_request()
        answer = self.provider.consent(four.url, "bob")
        good = self.console.ask("GET", "/auth/callback", four.cookies, params=answer)
        expect(good.status_code == 303 and good.cookies.get(SESSION), "the answer to its request opens a session", good)
        self.console.refuses_callback("that was used before", answer, four.cookies)

    def tokens_are_checked(self):
        if not self.provider.has_api_tokens:
            self.is_refused("an-access-token-that-is-no-jwt", "that is no JWT")
            self.say("the API refuses a token that is no JWT")
            return
        good = self.provider.api_token("bob")
        answer = self.console.operations(good)
        expect(answer.status_code == 200, "the API takes an access token", answer)
        answer = self.console.start(good, self.name)
        expect(answer.status_code == 403, "a viewer's start is refused", answer)
        # None of them names a key that is not there: the console asks for keys again only now and then, and must not
        # have done so before the key is changed.
        wrong = forged.tokens(good, self.provider.keys())
        wrong["for another client"] = self.provider.foreign_token("bob")
        if self.provider.makes_expired_tokens:
            wrong["that is over"] = self.provider.expired_token("bob")
        for what, token in wrong.items():
            self.is_refused(token, what)
        self.say(f"the API takes bob's token, for a viewer; refused: {', '.join(wrong)}")

    def is_refused(self, token, what):
        answer = self.console.operations(token)
        expect(answer.status_code == 401, f"a token {what} is 401", answer)
        asks = answer.headers.get("www-authenticate", "")
        expect(asks.startswith("Bearer"), "a refusal asks for a Bearer token", dict(answer.headers))

    def signs_in(self, name, role):
        """Whether the provider asked who it is."""
        asked = self.person.sign_in(name, PEOPLE[name]["password"])
        expect(self.session(), "the browser took the session's cookie", self.person.seen())
        answer = self.console.me(self.session())
        expect(answer.status_code == 200, "the session answers", answer)
        told = answer.json()
        names = self.names(name)
        expect(told.get("role") == role, f"{name} has the role {role}", told)
        expect(told.get("name") in names, f"{name} is called {names[0]}", told)
        self.person.open("/")
        text = self.person.text()
        shown = any(one in text for one in names) and role in text.lower()
        expect(shown, "the page shows the name and the role", self.person.seen())
        return asked

    def names(self, name):
        """NanoIDP tells a full name only to who asks for the claim by itself."""
        full = PEOPLE[name]["name"]
        return [full, name] if self.name == "nanoidp" else [full]

    def session(self):
        cookie = self.person.cookie(SESSION)
        return cookie and cookie["value"]

    def cookie_is_guarded(self):
        cookie = self.person.cookie(SESSION)
        wanted = {"secure": True, "httpOnly": True, "path": "/", "sameSite": "Lax", "domain": "localhost"}
        for key, value in wanted.items():
            expect(cookie.get(key) == value, f"the cookie's {key} is {value}", cookie)
        script = self.person.driver.execute_script("return document.cookie")
        expect(SESSION not in script, "a script cannot read the cookie", script)
        answer = self.console.ask("GET", "/", {SESSION: cookie["value"]})
        expect(answer.status_code == 200, "the page answers to the copied cookie", answer)
        self.say("the cookie is guarded, and is all that the session needs")

    def goes_nowhere_else(self, name):
        for back in ("https://elsewhere.invalid/", "//elsewhere.invalid/", "/%5Celsewhere.invalid/"):
            if self.console.ask("GET", f"/auth/login?return={back}").status_code == 400:
                continue
            self.person.sign_in(name, PEOPLE[name]["password"], back)
        self.say("a return address elsewhere is not followed")

    def signs_out(self, name, role):
        self.logs_in_again(name, role)
        copied = self.session()
        self.refuses_forged_logouts(copied)
        self.person.sign_out()
        expect(not self.session(), "the browser has no session any more", self.person.cookie(SESSION))
        expect(not self.console.knows(copied), "the copied cookie is worth nothing")
        asked = self.signs_in(name, role)
        expect(asked, "after the logout the provider asks who it is", self.person.seen())
        expect(not self.console.knows(copied), "the next login does not revive it")
        where = "here and at the provider" if self.provider.keeps_sessions else "here"
        self.say(f"the logout ends the session {where}; a forged one ends nothing")

    def logs_in_again(self, name, role):
        """The provider still knows the person, if it keeps sessions; the console opens another of its own."""
        before = self.session()
        asked = self.signs_in(name, role)
        expect(asked != self.provider.keeps_sessions, "the provider asks again only if it forgets", self.person.seen())
        expect(self.session() != before, "each login has a session of its own")

    def refuses_forged_logouts(self, session):
        """What another site could make a browser send: no token of the page, or the request of another origin."""
        token = self.person.csrf_token()
        for what, form, origin in (
            ("without the page's token", {}, self.console.address),
            ("with a made-up token", {"csrf": token[::-1]}, self.console.address),
            ("from elsewhere", {"csrf": token}, "https://elsewhere.invalid"),
        ):
            answer = self.console.ask("POST", "/auth/logout", {SESSION: session}, {"Origin": origin}, data=form)
            expect(400 <= answer.status_code < 500, f"a logout {what} is refused", answer)
        expect(self.console.knows(session), "a refused logout ends nothing")

    def follows_refreshed_role(self):
        """Without another login: the console asks the provider before the login's access token is over."""
        self.person.sign_out()
        self.signs_in("bob", "viewer")
        before = self.session()
        self.provider.move("bob", [OPERATORS, EVERYWHERE])
        time.sleep(self.provider.login_seconds / 2 + 1)
        self.person.open("/")
        expect("operator" in self.person.text().lower(), "the page shows the new role", self.person.seen())
        expect(self.session() != before, "with another role the session has another name")
        expect(not self.console.knows(before), "the old name is worth nothing")
        self.provider.move("bob", [VIEWERS, EVERYWHERE])
        self.say("bob's new role is seen without another login, under a new session")

    def follows_changed_role(self):
        if self.provider.login_seconds:
            self.follows_refreshed_role()
        self.provider.move("bob", [OPERATORS, EVERYWHERE])
        self.person.sign_out()
        self.signs_in("bob", "operator")
        if self.provider.has_api_tokens:
            answer = self.console.start(self.provider.api_token("bob"), self.name)
            expect(answer.status_code == 202, "an operator's start is accepted", answer)
        self.say("bob's new role is seen after the next login")

    def commands_sign_in_by_code(self):
        self.decides("bob", approve=False)
        expect(self.commands.kept() is None, "of a login that was refused nothing is kept")
        self.decides("alice", approve=True)
        expect(os.stat(self.commands.file).st_mode & 0o777 == 0o600, "what is kept is the person's own")
        told = json.loads(self.commands.run("whoami", "--json"))
        expect((told["actor"], told["role"]) == ("alice", "operator"), "the server knows alice", told)
        runs = json.loads(self.commands.run("api", "GET", "/api/v1/runs"))
        expect("runs" in runs, "the API answers the command", runs)
        self.login_is_renewed()
        refresh = self.commands.kept()["refreshToken"]
        said = self.commands.run("logout")
        expect("ended at the provider" in said, "the logout ends the login at the provider", said)
        expect(not self.provider.takes_refresh_token(refresh), "the provider takes the refresh token no more")
        self.commands.run("api", "GET", "/api/v1/runs", "--server", self.commands.server, status=5)
        self.say("a command line is signed in by a code: refused, approved, renewed, and ended")

    def decides(self, name, approve):
        """What the login comes to when its person approves or refuses."""
        login = self.commands.begin("login", "--server", self.commands.server)
        try:
            address, code = login.device()
            self.person.decide(address, code, name, PEOPLE[name]["password"], approve)
            status, output, said = login.end()
        finally:
            login.kill()
        if approve:
            expect(status == 0 and name in output, f"{name} is signed in", f"{status}: {output}{said}")
        else:
            expect(status == 5 and "access_denied" in said, "a refused login says so", f"{status}: {output}{said}")

    def login_is_renewed(self):
        """An access token that is over is exchanged, once for all commands that find it so."""
        before = self.commands.kept()
        self.commands.keep(before | {"expiresAtSeconds": 0})
        asking = [self.commands.begin("api", "GET", "/api/v1/runs") for _ in range(3)]
        for one in asking:
            status, output, said = one.end()
            expect(status == 0 and "runs" in output, "a login that is over is renewed", f"{status}: {output}{said}")
        after = self.commands.kept()
        for key in ("token", "refreshToken"):
            expect(after[key] != before[key], f"the {key} is another", sorted(after))
        expect(self.provider.takes_refresh_token(after["refreshToken"]), "the kept refresh token is good")
        expect(not self.provider.takes_refresh_token(before["refreshToken"]), "the one before is used up")
        self.commands.run("logout")
        self.decides("alice", approve=True)

    def commands_sign_in_by_token(self):
        """Everywhere; where the provider has no codes, without being told to."""
        server, own = ["--server", self.commands.server], ["--data", self.data]
        self.commands.run("member", "add", "nightly", "--role", "operator", "--service", *own)
        token = self.commands.run("token", "create", "nightly", "--name", "check", *own).strip()
        flag = ["--token-stdin"] if self.provider.has_device_flow else []
        self.commands.run("login", *server, *flag, status=5, given=token[:-1] + ("0" if token[-1] != "0" else "1"))
        expect(self.commands.kept() is None, "a token that does not hold is not kept")
        status, shown = self.commands.type("\x03", "login", *server, "--token-stdin")
        expect(status == 64 and self.commands.kept() is None, "Ctrl-C gives no token", f"{status}: {shown}")
        status, shown = self.commands.type(token + "\n", "login", *server, "--token-stdin")
        expect(status == 0 and "nightly" in shown, "a typed token is taken", f"{status}: {shown[-200:]}")
        expect(token not in shown, "what is typed is not shown")
        self.commands.run("logout")
        self.commands.run("login", *server, *flag, given=token + "\n")
        told = json.loads(self.commands.run("whoami", "--json"))
        expect((told["actor"], told["mode"]) == ("service nightly", "oidc"), "the server knows the token's member", told)
        body = json.dumps({"cutover": "nightly", "manifest": "none"})
        path = "/api/v1/operations/cutover.connect/starts"
        started = json.loads(self.commands.run("api", "POST", path, "-f", f"target:={body}"))
        expect(started["decision"] == "accepted", "the command's start is accepted", started)
        self.commands.run("logout")
        expect(self.commands.kept() is None, "after the logout nothing is kept")
        self.say("a command line is signed in by an API token, starts an operation, and forgets the token")

    def follows_changed_key(self):
        old = self.provider.api_token("alice")
        kid = self.provider.rotate()
        new = self.provider.api_token("alice")
        expect(forged.header(new).get("kid") == kid, "the provider signs with its new key", forged.header(new))
        for token, which in ((new, "new key"), (old, "old key, which is still published,")):
            answer = self.console.operations(token)
            expect(answer.status_code == 200, f"a token of the {which} is accepted", answer)
        self.is_refused(forged.with_unknown_key(new), "of a key nobody published")
        self.person.forget()
        self.signs_in("alice", "operator")
        self.say("the provider's new key is taken, by the API and by a login")


def main():
    name, address, console, folder, chromium, chromedriver, slipway = sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    begin = time.monotonic()
    provider = providers.ALL[name](address, folder)
    driver = browser.start(chromium, chromedriver, folder)
    commands = Commands(slipway, console, folder)
    person = browser.Browser(driver, console)
    try:
        Check(name, provider, Console(console), person, commands, f"{folder}/data").run()
    except (Wrong, httpx.HTTPError, WebDriverException) as wrong:
        sys.exit(f"login: {name}: FAILED: {wrong}")
    finally:
        driver.quit()
    print(f"login: {name}: proven in {time.monotonic() - begin:.0f} s")


main()
