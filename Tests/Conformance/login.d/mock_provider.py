"""oidc-provider-mock with the console as its client: mock_provider.py PORT CONSOLE FOLDER.

It asks for a name and no password, knows no PKCE and gives access tokens that are no JWTs: the least that a provider
does. It has a route to change a person's claims.
"""

import os
import sys

from people import CONSOLE, PEOPLE, SECRET

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # the issuer is http: on the loopback interface

import oidc_provider_mock  # noqa: E402
from oidc_provider_mock._storage import Client, User, storage  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402


def main():
    port, console = int(sys.argv[1]), sys.argv[2]
    people = [
        User(sub=name, claims={"name": person["name"], "groups": person["groups"]}) for name, person in PEOPLE.items()
    ]
    app = oidc_provider_mock.app(require_client_registration=True, require_nonce=True, user_claims=people)
    app.debug = False

    client = Client(
        id=CONSOLE,
        secret=SECRET,
        redirect_uris=[f"{console}/auth/callback"],
        allowed_scopes=Client.SCOPES_SUPPORTED,
        token_endpoint_auth_method="client_secret_basic",
    )
    with app.test_request_context():  # its store is there only while it answers
        app.preprocess_request()
        storage.store_client(client)
    make_server("127.0.0.1", port, app, threaded=True).serve_forever()


main()
