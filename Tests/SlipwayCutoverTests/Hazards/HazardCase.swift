import Testing

@testable import SlipwayCutover

/// One way a source can be hostile, or only look so: what is stored, and what the preflight must make of it.
struct HazardCase: Sendable {
    /// What is done about a case that blocks, so that it travels after all.
    enum Remedy: Sendable {
        /// The line that the preflight prints, as it is; afterwards every value arrives exactly.
        case line
        /// The line that the preflight prints lets numbers become text; all that is text arrives exactly.
        case asText
        /// No line of the manifest helps: the line says to mend the source.
        case mend
        /// The line asks the reader for a word of their own; this is what a reader would write.
        case edit(@Sendable (inout TableMapping) -> Void)
    }

    let title: String
    /// The class it is counted under: the one named, or the one that must not be named falsely.
    let about: HazardClass
    /// Its tables; the first is the one an edit is for.
    let tables: [String]
    let statements: [String]
    /// Every hazard and notice the preflight must name in it, no more and no fewer: `class table.column key`.
    let expects: [String]
    var remedy = Remedy.line
    /// Edits of the plan that the case needs before the preflight.
    var plan: @Sendable (inout TableMapping) -> Void = { _ in }

    /// The blocking ones among the expected.
    var blocking: [String] {
        expects.filter { line in
            HazardClass(rawValue: String(line.prefix { $0 != " " }))?.isNotice == false
        }
    }

    var isBlocked: Bool { !blocking.isEmpty }

    /// Names that hazards of this case may be reported under: its tables, views, triggers and shadow tables.
    var places: Set<String> {
        Set(tables + expects.compactMap { $0.split(separator: " ").dropFirst().first.map(String.init) })
    }
}

/// Cases that share one source, and are told apart by their tables.
struct CorpusGroup: Sendable, CustomTestStringConvertible {
    let name: String
    let cases: [HazardCase]
    var tenant = PlanRequest.Tenant.column("tenant_id")
    var names = PlanRequest.Names.preserve
    /// Runs before the first table is made.
    var pragma = ""
    var isUTF16 = false

    var testDescription: String { "\(name) (\(cases.count) cases)" }
}

extension HazardCase {
    /// A text that must never be shown whole: it stands in for people's data.
    static let secret = "Zofia-Nowak-PESEL-85010112345-diagnosis"

    /// A column of one declared type with harmless values and, in rows 1001 and on, the hazardous ones.
    ///
    /// Values are SQL expressions. Without a `kind` all of them are harmless and must arrive exactly.
    static func values(
        _ title: String, _ about: HazardClass, in declared: String, good: [String], bad: [String] = [],
        _ kind: HazardClass? = nil, remedy: Remedy = .line, strict: Bool = false, notices: [String] = [],
        plan: @escaping @Sendable (inout TableMapping) -> Void = { _ in }
    ) -> HazardCase {
        let table = slug(title)
        let rows = zip(1..., good).map { ($0, $1) } + zip(1001..., bad).map { ($0, $1) }
        var statements = [
            "CREATE TABLE \(table) (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, v \(declared), note TEXT)\(strict ? " STRICT" : "")"
        ]
        statements += rows.map { id, value in
            "INSERT INTO \(table) VALUES (\(id), '\(id % 2 == 0 ? "beta" : "alpha")', \(value), 'companion \(id)')"
        }
        let named = kind.map { kind in bad.indices.map { "\(kind.rawValue) \(table).v id=\(1001 + $0)" } } ?? []
        let noticed = notices.map { $0.replacing("@", with: "\(table).v") }
        return HazardCase(
            title: title, about: about, tables: [table], statements: statements, expects: named + noticed,
            remedy: remedy,
            plan: plan)
    }

    /// A table whose statements name it `@`; in what is expected `@` stands for it too.
    static func table(
        _ title: String, _ about: HazardClass, _ sql: String, expects: [String] = [], remedy: Remedy = .line,
        plan: @escaping @Sendable (inout TableMapping) -> Void = { _ in }
    ) -> HazardCase {
        let table = slug(title)
        return HazardCase(
            title: title, about: about, tables: [table], statements: [sql.replacing("@", with: table)],
            expects: expects.map { $0.replacing("@", with: table) }, remedy: remedy, plan: plan)
    }

    /// A child `@c` of a parent `@p`, both with what the statements make of them.
    static func relation(
        _ title: String, _ about: HazardClass, _ sql: String, expects: [String] = [], remedy: Remedy = .line
    ) -> HazardCase {
        let base = slug(title)
        let named = { (text: String) in
            text.replacing("@c", with: base + "_c").replacing("@p", with: base + "_p")
                .replacing("@P", with: base.uppercased() + "_P")
        }
        return HazardCase(
            title: title, about: about, tables: sql.contains("@p") ? [base + "_c", base + "_p"] : [base + "_c"],
            statements: [named(sql)], expects: expects.map(named), remedy: remedy)
    }

    /// A title as a plain table name.
    private static func slug(_ title: String) -> String {
        let plain = title.lowercased().unicodeScalars.map { scalar in
            ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? Character(scalar) : "_"
        }
        return "c_" + String(plain.prefix(56))
    }

    /// A text of any bytes, as SQL.
    static func text(_ bytes: [UInt8]) -> String {
        "CAST(X'\(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())' AS TEXT)"
    }

    /// The secret with bytes behind it, as SQL.
    static func secret(_ bytes: UInt8...) -> String {
        text(Array(secret.utf8) + bytes)
    }
}
