"""Who the provider knows: the console as a client, two more clients for the API, and two people."""

CONSOLE = "slipway"
API = "slipway-api"  # what an access token for the API is for: its audience
TOOL = "slipway-tool"  # the client that asks for such tokens
CLI = "slipway-cli"  # the public client that command lines are
# Without characters that a header would have to encode: NanoIDP does not decode them, as RFC 6749, 2.3.1 has it.
SECRET = "a-secret-of-this-check-and-of-nothing-else"

OPERATORS = "slipway-operators"
VIEWERS = "slipway-viewers"
EVERYWHERE = "slipway-everywhere"  # for all tenants, and for no role
SCOPES = ["openid", "profile", "email", "groups"]

PEOPLE = {
    "alice": {"name": "Alice Able", "password": "alice's password", "groups": [OPERATORS, EVERYWHERE]},
    "bob": {"name": "Bob Baker", "password": "bob's password", "groups": [VIEWERS, EVERYWHERE]},
}
