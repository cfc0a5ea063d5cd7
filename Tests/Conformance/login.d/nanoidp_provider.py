"""NanoIDP with the console as its client: nanoidp_provider.py PORT CONSOLE FOLDER.

Writes its settings and its users to the folder, and becomes its own server. It has routes to rotate its key and to read
a changed file of users again, so the check asks it for both as anybody would.
"""

import json
import os
import sys

from people import API, CLI, CONSOLE, PEOPLE, SCOPES, SECRET, TOOL


def users():
    """YAML enough: its files may be JSON."""
    return {
        "config_version": 1,
        "users": {
            name: {
                "password": person["password"],
                "email": f"{name}@example.org",
                "groups": person["groups"],
                "attributes": {"name": person["name"]},
            }
            for name, person in PEOPLE.items()
        },
    }


def settings(port, console, folder):
    clients = [
        {
            "client_id": name,
            "client_secret": SECRET,
            "redirect_uris": [f"{console}/auth/callback"],
        }
        for name in (CONSOLE, TOOL)
    ]
    clients.append({"client_id": CLI, "token_endpoint_auth_method": "none"})
    return {
        "config_version": 1,
        "server": {"host": "127.0.0.1", "port": port},
        "oauth": {
            "issuer": f"http://127.0.0.1:{port}",
            "audience": API,
            "clients": clients,
            "scopes_supported": SCOPES,
            "refresh_token_rotation": True,
            "require_pkce": True,
        },
        "device_flow": {"polling_interval": 1},
        "jwt": {"keys_dir": f"{folder}/keys"},
        "session": {"secret_key": os.urandom(16).hex(), "enforce_password_check": True},
        "logging": {"level": "WARNING", "verbose_logging": False},
    }


def write(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file)


def main():
    port, console, folder = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    write(f"{folder}/settings.yaml", settings(port, console, folder))
    write(f"{folder}/users.yaml", users())
    server = os.path.join(os.path.dirname(sys.executable), "nanoidp")
    os.execv(server, [server, "--config", folder, "--strict-config"])


if __name__ == "__main__":
    main()
