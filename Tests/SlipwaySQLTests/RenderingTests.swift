import SlipwaySQL
import SlipwayTesting
import Testing

private enum Light: String, CaseIterable {
    case red, amber, green
}

@Suite struct RenderingTests {
    @Test func `values become placeholders of the engine, never text`() {
        let name = "x'; DROP TABLE runs; --"
        let sql: SQL = "SELECT * FROM runs WHERE name = \(name) AND tries < \(3)"
        #expect(sql.rendered(for: .sqlite).text == "SELECT * FROM runs WHERE name = ?1 AND tries < ?2")
        #expect(sql.rendered(for: .postgres).text == "SELECT * FROM runs WHERE name = $1 AND tries < $2")
        #expect(sql.rendered(for: .postgres).binds == [.text(name), .integer(3)])
    }

    @Test func `a nested statement keeps counting placeholders`() {
        let condition: SQL = "a = \(1)"
        let sql: SQL = "SELECT \(2) WHERE \(sql: condition) AND b = \(3)"
        #expect(sql.rendered(for: .postgres).text == "SELECT $1 WHERE a = $2 AND b = $3")
        #expect(sql.rendered(for: .postgres).binds == [.integer(2), .integer(1), .integer(3)])
    }

    @Test func `a name is quoted whatever it holds`() {
        #expect(SQL.quoted("order") == "\"order\"")
        #expect(SQL.quoted("a\"b\"") == "\"a\"\"b\"\"\"")
        #expect(SQL.quoted("") == "\"\"")
    }

    @Test func `a list is bound, as one array where the engine has them, and an empty one is false`() {
        let some: SQL = "SELECT 1 WHERE \(anyOf: [1, 2, 3], in: "id")"
        #expect(some.rendered(for: .sqlite).text == "SELECT 1 WHERE \"id\" IN (?1, ?2, ?3, ?4)")
        #expect(some.rendered(for: .sqlite).binds == [.integer(1), .integer(2), .integer(3), .integer(3)])
        #expect(some.rendered(for: .postgres).text == "SELECT 1 WHERE \"id\" = ANY($1)")
        #expect(some.rendered(for: .postgres).binds == [.text("{1,2,3}")])
        let none: SQL = "SELECT 1 WHERE \(anyOf: [Int](), in: "id")"
        #expect(none.rendered(for: .sqlite).text == "SELECT 1 WHERE 1 = 0")
    }

    @Test func `every difference between the engines is listed`() {
        let fragments: [Dialect.Fragment] = [.bytes, .double, .forUpdateSkipLocked]
        let lines = fragments.map { fragment in
            let sql: SQL = "\(fragment)"
            return
                "\(fragment): sqlite=\(sql.rendered(for: .sqlite).text) postgres=\(sql.rendered(for: .postgres).text)"
        }
        expectSnapshot(lines.joined(separator: "\n"), named: "dialect-differences")
    }

    @Test func `states become a CHECK of their raw values`() {
        let sql: SQL = "\(check: "light", among: Light.self)"
        #expect(sql.rendered(for: .sqlite).text == "CHECK (\"light\" IN ('red', 'amber', 'green'))")
    }
}
