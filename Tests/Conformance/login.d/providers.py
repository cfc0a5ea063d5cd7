"""What the check asks of each provider, beside the pages that a person sees."""

import json

import httpx
from console import expect
from people import CLI, CONSOLE, PEOPLE, SECRET, TOOL


def answered(response):
    expect(not response.is_error, "the provider does as it is asked", response)
    return response


class Provider:
    has_api_tokens = True  # access tokens that are JWTs
    keeps_sessions = True  # a second login asks for nothing
    asks_for_password = True
    makes_expired_tokens = False
    has_device_flow = False  # a sign-in for programs, by a code that a person approves
    login_seconds = None  # how long a login's access token is good, where that is short enough to wait for

    def __init__(self, address, folder):
        self.address = address
        self.folder = folder
        self.http = httpx.Client(base_url=address, timeout=10)
        self.metadata = answered(self.http.get("/.well-known/openid-configuration")).json()

    def keys(self):
        return answered(self.http.get(self.metadata["jwks_uri"])).json()

    def grant(self, name, client):
        """Its tokens for a person, without a browser."""
        form = {
            "grant_type": "password",
            "username": name,
            "password": PEOPLE[name]["password"],
            "scope": "openid profile groups",
        }
        return answered(self.http.post(self.metadata["token_endpoint"], data=form, auth=(client, SECRET))).json()

    def api_token(self, name):
        return self.grant(name, TOOL)["access_token"]


class Canaille(Provider):
    login_seconds = 8

    def foreign_token(self, name):
        """For the console and not for the API. In all but the audience it is like one for the API."""
        return self.grant(name, CONSOLE)["access_token"]

    def rotate(self):
        return answered(self.http.post("/check/keys")).json()["kid"]

    def move(self, name, groups):
        answered(self.http.put(f"/check/people/{name}/groups", json=groups))


class NanoIDP(Provider):
    keeps_sessions = False
    makes_expired_tokens = True
    has_device_flow = True

    def foreign_token(self, name):
        """An ID token: its access tokens are all for the API."""
        return self.grant(name, TOOL)["id_token"]

    def expired_token(self, name):
        wanted = {"client_id": TOOL, "exp_minutes": -5}
        return answered(self.http.post(f"/api/users/{name}/token", json=wanted)).json()["access_token"]

    def takes_refresh_token(self, token):
        """Whether it gives the command line anything for that."""
        form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": CLI}
        return not self.http.post(self.metadata["token_endpoint"], data=form).is_error

    def rotate(self):
        return answered(self.http.post("/api/keys/rotate")).json()["new_kid"]

    def move(self, name, groups):
        path = f"{self.folder}/users.yaml"
        with open(path, encoding="utf-8") as file:
            users = json.load(file)
        users["users"][name]["groups"] = groups
        with open(path, "w", encoding="utf-8") as file:
            json.dump(users, file)
        answered(self.http.post("/api/config/reload"))


class Mock(Provider):
    has_api_tokens = False
    keeps_sessions = False
    asks_for_password = False

    def consent(self, url, name):
        """Its answer to a login's request, as the browser would take it to the console."""
        answer = answered(self.http.post(url, data={"sub": name}))
        return dict(httpx.URL(answer.headers["location"]).params)

    def move(self, name, groups):
        answered(self.http.put(f"/users/{name}", json={"name": PEOPLE[name]["name"], "groups": groups}))


ALL = {"canaille": Canaille, "nanoidp": NanoIDP, "mock": Mock}
