"""Reads an exported bundle with programs that others wrote, and believes nothing that they do not."""

import base64
import copy
import hashlib
import json

import rfc8785
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from google.protobuf import json_format
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as StatementFields
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey
from walk import expect

PAYLOAD_TYPE = "application/vnd.in-toto+json"
PREDICATE_TYPE = "https://slipway.dev/readiness/v1"
BOARD = "SlipwayBoard.v1"
# Kinds that a way to a go leaves, by what they are of.
KINDS = {
    "connection": "ProductionAdapterConnection.v1",
    "dry run": "ProductionAdapterDryRun.v1",
    "preflight": "ProductionAdapterMigrationPreflight.v1",
    "runbook": "ProductionAdapterMigrationRunbook.v1",
    "data cutover plan": "ProductionDataCutoverPlan.v1",
    "release handoff": "ProductionReleaseHandoff.v1",
    "rollback drill": "ProductionRollbackDrill.v1",
    "infrastructure decision": "ProductionInfrastructureDecision.v1",
    "wiring": "ProductionDbAuthAdapterWiring.v1",
}
# What says so by a line of its text, where a packet is of a snapshot.
CHECKSUMS = ["checksum", "snapshot_checksum"]


class Bundle:
    def __init__(self, path, key_path):
        with open(path, "rb") as file:
            self.body = json.loads(file.read().split(b"\n")[0])
        with open(key_path, "rb") as file:
            public = load_pem_public_key(file.read())
        self.key = SSlibKey.from_crypto(public, keyid=self.body["key"]["id"])
        self.entries = self.body["packets"]
        self.predicates = []

    def holds(self, entry):
        """The packet's bytes, when its signature is the key's over DSSE's encoding; raises otherwise."""
        # securesystemslib writes into what it is given.
        envelope = Envelope.from_dict(copy.deepcopy(entry["envelope"]))
        expect(envelope.payload_type == PAYLOAD_TYPE, f"payload type {envelope.payload_type}")
        expect(list(envelope.verify([self.key], 1)) == [self.key.keyid], "another key signed")
        return envelope.payload

    def reads(self):
        last = None
        for entry in self.entries:
            payload = self.holds(entry)
            statement = json.loads(payload)
            expect(rfc8785.dumps(statement) == payload, f"not in canonical form: {payload[:200]}")
            fields = Statement.copy_from_pb(json_format.Parse(payload, StatementFields()))
            fields.validate()
            expect(fields.pb.predicate_type == PREDICATE_TYPE, f"predicate type {fields.pb.predicate_type}")
            digest = f"sha256:{hashlib.sha256(payload).hexdigest()}"
            expect(entry["digest"] == digest, f"{entry['digest']} is {digest}")
            predicate = statement["predicate"]
            expect(predicate["sequence"] == len(self.predicates) + 1, f"{predicate['sequence']} is out of order")
            expect(predicate["previous"] == last, f"{predicate['sequence']} does not name the one before")
            text = "\n".join([predicate["kind"], *("=".join(line) for line in predicate["lines"])]) + "\n"
            expect(entry["text"] == text, f"the text of {predicate['sequence']} says something else")
            predicate["subject"] = statement["subject"]
            self.predicates.append(predicate)
            last = digest
        print(f"packets: {len(self.entries)} packets hold: signature, statement, canonical form, chain", flush=True)

    def has_every_kind(self):
        passed = {one["kind"] for one in self.predicates if one["outcome"] == "pass"}
        for name, kind in KINDS.items():
            expect(kind in passed, f"there is no passed packet of the {name}")
        expect(any(one["kind"] == BOARD and one["outcome"] == "pass" for one in self.predicates), "no board is a go")

    def has_one_snapshot(self):
        """Nobody measured a connection or a wiring on a snapshot; every other kind names the same one."""
        found, kinds = set(), set()
        for one in self.predicates:
            if one["kind"] == BOARD or one["outcome"] != "pass":
                continue
            lines = dict(one["lines"])
            named = {f"sha256:{part['digest']['sha256']}" for part in one["subject"] if part["name"] == "snapshot"}
            named |= {lines[name] for name in CHECKSUMS if name in lines}
            named |= {one["facts"]["snapshot"]} if one["facts"].get("snapshot") else set()
            expect(len(named) < 2, f"{one['kind']} {one['sequence']} names {len(named)} snapshots: {named}")
            if named:
                found |= named
                kinds.add(one["kind"])
        expect(len(found) == 1, f"there are {len(found)} snapshots: {found}")
        absent = set(KINDS.values()) - kinds - {KINDS["connection"]}
        expect(not absent, f"no packet of these names the snapshot: {absent}")
        print(f"packets: every kind is there, and {found.pop()[:19]}… is the one snapshot", flush=True)

    def has_no_weak_bit(self):
        """Every bit of the shortest packet and of its signature, changed one by one."""
        entry = min(self.entries, key=lambda one: len(one["envelope"]["payload"]))
        flips = 0
        for part, place in [("payload", entry["envelope"]), ("sig", entry["envelope"]["signatures"][0])]:
            whole = place[part]
            for bit in range(len(base64.b64decode(whole)) * 8):
                changed = bytearray(base64.b64decode(whole))
                changed[bit // 8] ^= 1 << bit % 8
                place[part] = base64.b64encode(changed).decode()
                try:
                    self.holds(entry)
                except VerificationError:
                    flips += 1
                else:
                    expect(False, f"bit {bit} of the {part} makes no difference")
            place[part] = whole
        self.holds(entry)
        print(f"packets: {flips} flipped bits of an envelope, and each breaks its signature", flush=True)
