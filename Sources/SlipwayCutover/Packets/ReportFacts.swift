package import SlipwayDomain

extension CutoverJob {
    /// Every packet of a cutover is about its manifest.
    var subjects: [Subject] { [Subject(name: "manifest", digest: manifestDigest)] }

    func snapshot(_ digest: Digest?) -> [Subject] {
        digest.map { [Subject(name: "snapshot", digest: $0)] } ?? []
    }

    func facts(_ facts: [String: JSONValue]) -> [String: JSONValue] {
        facts.merging([
            "cutover": .string(manifest.name), "manifestDigest": .string(manifestDigest.description),
            "targetSchema": .string(manifest.target.schema),
        ]) { own, _ in own }
    }
}

extension ConnectionCheck {
    var facts: JSONValue {
        ["id": .string(id), "outcome": .string(outcome.rawValue), "detail": .string(detail)]
    }
}

extension SourceCheckpoint {
    var facts: JSONValue {
        ["file": .string(path), "sha256": .string(digest.hex), "bytes": .integer(Int64(bytes))]
    }

    /// The one a dry run's packet names; nil when it names none.
    package init?(facts: JSONValue) {
        guard let path = facts["file"]?.stringValue, let digest = facts["sha256"]?.stringValue.flatMap(Digest.init),
            let bytes = facts["bytes"]?.integerValue
        else { return nil }
        self.init(path: path, digest: digest, bytes: Int(bytes))
    }
}

extension HazardGroup {
    package var facts: JSONValue {
        [
            "class": .string(kind.rawValue), "notice": .bool(kind.isNotice), "table": .string(table),
            "column": column.map(JSONValue.string) ?? .null, "count": .integer(Int64(count)),
            "why": .string(kind.why), "resolution": resolution.map(JSONValue.string) ?? .null,
            "examples": .array(examples.map(\.facts)),
        ]
    }
}

extension Hazard {
    package var facts: JSONValue {
        [
            "class": .string(kind.rawValue), "table": .string(table), "column": column.map(JSONValue.string) ?? .null,
            "key": key.map(JSONValue.string) ?? .null, "value": value.map(JSONValue.string) ?? .null,
            "detail": detail.map(JSONValue.string) ?? .null,
        ]
    }
}

extension TableDigest {
    package var facts: JSONValue {
        let tenants = tenantNames.map { tenant -> JSONValue in
            [
                "tenant": .string(tenant.text), "rows": .integer(Int64(rows(of: tenant))),
                "digest": .string(digest(of: tenant).description),
            ]
        }
        return [
            "table": .string(table), "rows": .integer(Int64(rows)), "digest": .string(digest.description),
            "tenants": .array(tenants),
        ]
    }
}

extension Difference {
    package var facts: JSONValue {
        [
            "kind": .string(kind.rawValue), "table": .string(table), "tenant": .string(tenant), "key": .string(key),
            "column": column.map(JSONValue.string) ?? .null, "source": source.map(JSONValue.string) ?? .null,
            "target": target.map(JSONValue.string) ?? .null,
        ]
    }
}

extension VerifyReport {
    package var facts: JSONValue {
        [
            "holds": .bool(holds), "rows": .integer(Int64(rows)), "sourceDigest": .string(sourceDigest.description),
            "targetDigest": .string(targetDigest.description), "source": .array(source.map(\.facts)),
            "target": .array(target.map(\.facts)), "differences": .array(differences.map(\.facts)),
            "differingTables": .array(differingTables.map(JSONValue.string)),
            "leaks": .array(leaks.map(JSONValue.string)),
        ]
    }
}
