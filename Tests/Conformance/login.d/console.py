"""What the check asks of the console without a browser."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlparse

import httpx

SESSION = "__Host-slipway"
OPERATIONS = "/api/v1/operations"


class Wrong(Exception):
    """Something is not as it has to be."""


def expect(truth, what, seen=None):
    if truth:
        return
    if isinstance(seen, httpx.Response):
        seen = f"{seen.request.method} {seen.request.url.path} answers {seen.status_code}: {seen.text[:300]}"
    raise Wrong(f"not so: {what}\nseen: {seen}")


@dataclass(frozen=True)
class LoginRequest:
    """What a browser is sent to the provider with, and the cookies it keeps for the way back."""

    url: str
    query: dict
    cookies: dict


class Console:
    def __init__(self, address):
        self.address = address

    def ask(self, method, path, cookies=None, headers=None, **more):
        """Of itself it keeps nothing from one request to the next."""
        headers = dict(headers or {})
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        return httpx.request(method, self.address + path, headers=headers, timeout=10, **more)

    def login_request(self):
        answer = self.ask("GET", "/auth/login?return=/")
        expect(answer.status_code == 302, "the login is a redirect", answer)
        url = answer.headers["location"]
        query = {key: values[0] for key, values in parse_qs(urlparse(url).query).items()}
        cookies = {name: value for name, value in answer.cookies.items() if value}
        expect(cookies, "the login leaves a cookie in the browser", dict(answer.headers))
        return LoginRequest(url, query, cookies)

    def refuses_callback(self, what, query, cookies):
        answer = self.ask("GET", "/auth/callback", cookies, params=query)
        expect(400 <= answer.status_code < 500, f"an answer {what} is refused", answer)
        expect(not answer.cookies.get(SESSION), f"an answer {what} opens no session", dict(answer.headers))

    def me(self, session):
        return self.ask("GET", "/auth/me", {SESSION: session} if session else None)

    def knows(self, session):
        """Whether the session is one; without one, a route refuses or leads to the login."""
        answer = self.me(session)
        expect(answer.status_code in (200, 302, 303, 401), "the session's route answers", answer)
        return answer.status_code == 200

    def operations(self, token=None):
        return self.ask("GET", OPERATIONS, headers={"Authorization": f"Bearer {token}"} if token else None)

    def start(self, token, cutover):
        """Starts something that only an operator may; it is accepted, and fails later for want of a manifest."""
        body = {"target": {"cutover": cutover, "manifest": "none"}}
        path = f"{OPERATIONS}/cutover.connect/starts"
        return self.ask("POST", path, headers={"Authorization": f"Bearer {token}"}, json=body)
