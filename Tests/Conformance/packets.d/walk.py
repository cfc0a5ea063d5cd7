"""Takes a journey of the Scenario Store from its first command to production traffic."""

import json
import subprocess

ANNA, MAREK, OLENA = "user_md_anna", "user_dispatcher_marek", "user_accountant_olena"
DRIVER = "driver_tarasenko"

# What the bundled scenario counts before anything was done for it.
FRESH = {
    "preflight": "1/5", "connection": "0/4", "dry_run": "0/5", "rehearsals": "0/6", "runbook": "1/6",
    "release": "3/5", "rollback": "0/4", "cutover": "0/5", "batches": "1/4", "decisions": "1/7", "infra": "0/4",
    "wiring": "0/7", "acceptance": "0/4", "gates": "2/9",
}  # fmt: skip

REHEARSALS = [
    ("reh.contracts", ANNA, {}),
    ("reh.roles", MAREK, {}),
    ("reh.store", MAREK, {}),
    ("reh.schema", OLENA, {}),
    ("acc.auth", ANNA, {"issuer": "https://login.example.net"}),
    ("reh.secrets", OLENA, {}),
    ("reh.migration", ANNA, {"freeze_window": "Saturday 22:00 to 23:00 UTC", "rollback_window": "24 hours"}),
]
LAUNCH = [
    ("inf.hosting", ANNA, {"provider": "Example Cloud", "account": "bfg-staging"}),
    ("inf.region", ANNA, {"region": "eu-central", "backup_region": "eu-west"}),
    ("inf.runtime", ANNA, {"on_call": MAREK, "deploy": OLENA, "monitoring": MAREK, "incident": ANNA}),
    ("inf.secrets", ANNA, {"vault": "transit/slipway", "rpo": "5 minutes", "restore_owner": OLENA}),
    ("acc.provider", ANNA, {"provider": "PostgreSQL at Example Cloud"}),
    ("acc.tenant", ANNA, {}),
]


class Wrong(Exception):
    pass


def expect(is_so, text):
    if not is_so:
        raise Wrong(text)


class Walk:
    """Commands on one data directory, each with the status it has to end with."""

    def __init__(self, slipway, database, folder):
        self.slipway = slipway
        self.database = database
        self.data = f"{folder}/data"
        self.manifest = f"{folder}/cutover.yaml"

    def run(self, *command, status=0, where=True):
        arguments = [self.slipway, *command] + (["--data", self.data] if where else [])
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=900, check=False)
        said = f"{done.stdout}{done.stderr}".strip()
        expect(done.returncode == status, f"{' '.join(command)} ended with {done.returncode}, not {status}: {said}")
        return done.stdout

    def board(self):
        return json.loads(self.run("board", "--json"))

    def code(self, decision):
        return next(one["code"] for one in self.board()["decisions"] if one["name"] == decision)

    def decide(self, subject, person=None, fields=None, status=0):
        named = [part for pair in (fields or {}).items() for part in ("--set", "=".join(pair))]
        by = ["--as", person] if person else []
        return self.run("decision", "accept", subject, *by, *named, status=status)

    def cutover(self, stage):
        self.run("cutover", stage, "-f", self.manifest)

    def handed_over(self, status=0):
        lines = self.run("release", "handoff", status=status).splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    def begins(self):
        self.run("journey", "add", "demo", "--select", "--as", ANNA)
        counted = {one["id"]: f"{one['done']}/{one['total']}" for one in self.board()["counters"]}
        expect(counted == FRESH, f"a fresh journey counts {counted}")
        self.run("board", "--require-go", status=2)
        local = self.handed_over(status=2)
        expect(local["BFG_RELEASE_DECISION"] == "BLOCKED_PENDING_DRY_RUN", f"{local}")
        print("packets: a fresh journey counts as the scenario does, and is no go", flush=True)

    def rehearses(self):
        self.run("scenario", "fill", "--rows", "200")
        self.run(
            "cutover", "plan", "--source", f"{self.data}/scenario.sqlite", "--target", self.database,
            "--tenant-column", "tenant_id", "--name", "grant-demo-local", "--schema", "bfg_flowcontrol",
            "-o", self.manifest,
        )  # fmt: skip
        self.run("journey", "use", "-f", self.manifest)
        for stage in ["connect", "preflight", "dry-run"]:
            self.cutover(stage)
        self.handed_over(status=2)
        for subject, person, fields in REHEARSALS:
            self.decide(subject, person, fields)
        released = self.handed_over()
        expect(released["BFG_RELEASE_DECISION"] == "GO_LOCAL_DEMO", f"{released}")
        expect(released["BFG_STORAGE_ADAPTER"] == "file-local", f"{released}")
        print("packets: six rehearsals are accepted, and the release is the local demo's", flush=True)

    def launches(self):
        self.decide("rb.owner", ANNA)
        self.cutover("drill")
        for subject, person, fields in LAUNCH:
            self.decide(subject, person, fields)
        self.cutover("wiring")
        self.decide("wir.credentials", None, {"reference": "kv/bfg/staging"})
        self.run("board", "--require-go", status=2)
        self.decide("wir.credentials", MAREK, {"reference": "kv/bfg/staging"})
        expect(self.code("go_no_go") == "READY_FOR_GO", f"before the signatures it is {self.code('go_no_go')}")
        self.decide("go.signed", DRIVER, status=5)
        self.decide("go.signed", ANNA)
        self.run("board", "--require-go", status=2)
        self.decide("go.signed", MAREK)
        self.run("board", "--require-go")
        expect(self.code("traffic") == "production_traffic_disabled", "a signature alone enabled traffic")
        print("packets: two people sign, a driver may not, and it is a go", flush=True)

    def moves(self):
        for stage in ["copy", "verify"]:
            self.cutover(stage)
        expect(self.code("traffic") == "production_traffic_enabled", f"after the copy: {self.code('traffic')}")
        live = self.handed_over()
        for name, value in {
            "BFG_RELEASE_ENVIRONMENT": "staging", "BFG_STORAGE_ADAPTER": "postgres-rls", "BFG_AUTH_MODE": "oidc",
            "BFG_TENANT_MODE": "multi-tenant-rls",
        }.items():  # fmt: skip
            expect(live[name] == value, f"{name} is handed over as {live[name]}")
        print("packets: the data is moved, and the release names the target", flush=True)

    def exports(self, path):
        self.run("evidence", "export", "-o", path)
        self.verify(path)

    def verify(self, path, status=0):
        key = f"{self.data}/signing.pub"
        return self.run("evidence", "verify", path, "--key", key, status=status, where=False)

    def replays(self):
        listed = json.loads(self.run("evidence", "list", "--json"))
        boards = [one["sequence"] for one in listed if one["kind"] == "SlipwayBoard.v1"]
        expect(len(boards) > 10, f"{len(boards)} boards are sealed")
        for sequence in boards:
            expect("byte for byte" in self.run("board", "replay", str(sequence)), f"board {sequence} is another")
        print(f"packets: {len(boards)} sealed boards come out the same, computed again", flush=True)
