"""Canaille with the console as its client: canaille_provider.py PORT CONSOLE FOLDER.

Everything is in its memory. What an administrator does in its configuration or its database is asked for at /check: the
next signing key, and other groups for a person.
"""

import os
import sys

from people import API, CONSOLE, EVERYWHERE, OPERATORS, PEOPLE, SCOPES, SECRET, TOOL, VIEWERS

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # the issuer is http: on the loopback interface

import canaille  # noqa: E402
import flask  # noqa: E402
from canaille.app import models  # noqa: E402
from canaille.app.flask import csrf  # noqa: E402
from canaille.backends import Backend  # noqa: E402
from joserfc.jwk import RSAKey  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402


def new_key():
    return RSAKey.generate_key(2048, auto_kid=True).as_dict(private=True)


def make_app(port):
    return canaille.create_app(
        {
            "SECRET_KEY": os.urandom(16).hex(),
            "SERVER_NAME": f"127.0.0.1:{port}",
            "PREFERRED_URL_SCHEME": "http",
            "SESSION_COOKIE_NAME": "provider",
            # A login's access token is over soon, and so the console asks for another. The refresh token ends with it.
            "OAUTH2_TOKEN_EXPIRES_IN": {"authorization_code": 8, "refresh_token": 600},
            "CANAILLE": {"DATABASE": "memory", "FORCE_HTTPS": False, "SMTP": None},
            "CANAILLE_OIDC": {
                "ACTIVE_JWKS": [new_key()],
                "INACTIVE_JWKS": [],
                # So a browser may be sent back after the logout; the clients have no URI, and so need a consent.
                "TRUSTED_DOMAINS": ["localhost"],
            },
        }
    )


def client(name, console):
    return models.Client(
        client_id=name,
        client_secret=SECRET,
        client_name=name,
        redirect_uris=[f"{console}/auth/callback"],
        post_logout_redirect_uris=[f"{console}/"],
        grant_types=["authorization_code", "refresh_token", "password"],
        response_types=["code"],
        scope=SCOPES,
        token_endpoint_auth_method="client_secret_basic",
        id_token_signed_response_alg="RS256",
    )


def fill(console):
    save = Backend.instance.save
    for name in (CONSOLE, TOOL, API):
        save(client(name, console))
    for name, audience in ((CONSOLE, CONSOLE), (TOOL, API)):
        one = Backend.instance.get(models.Client, client_id=name)
        one.audience = [Backend.instance.get(models.Client, client_id=audience)]
        save(one)
    for name, person in PEOPLE.items():
        given, family = person["name"].split()
        save(
            models.User(
                user_name=name,
                formatted_name=person["name"],
                given_name=given,
                family_name=family,
                emails=[f"{name}@example.org"],
                password=person["password"],
            )
        )
    for group in (OPERATORS, VIEWERS, EVERYWHERE):
        names = [name for name, person in PEOPLE.items() if group in person["groups"]]
        members = [Backend.instance.get(models.User, user_name=name) for name in names]
        save(models.Group(display_name=group, members=members))


def add_check(app):
    """What an administrator would do."""
    routes = flask.Blueprint("check", __name__, url_prefix="/check")

    @routes.post("/keys")
    def rotate():
        settings = app.config["CANAILLE_OIDC"]
        settings["INACTIVE_JWKS"] = settings["ACTIVE_JWKS"] + settings["INACTIVE_JWKS"]
        settings["ACTIVE_JWKS"] = [new_key()]
        return {"kid": settings["ACTIVE_JWKS"][0]["kid"]}

    @routes.put("/people/<name>/groups")
    def move(name):
        wanted = flask.request.get_json()
        user = Backend.instance.get(models.User, user_name=name)
        for group in Backend.instance.query(models.Group):
            others = [member for member in group.members if member.user_name != name]
            group.members = others + ([user] if group.display_name in wanted else [])
            Backend.instance.save(group)
        return {}

    csrf.exempt(routes)
    app.register_blueprint(routes)


def main():
    port, console = int(sys.argv[1]), sys.argv[2]
    app = make_app(port)
    with app.app_context(), Backend.instance.session():
        fill(console)
    add_check(app)
    make_server("127.0.0.1", port, app, threaded=True).serve_forever()


main()
