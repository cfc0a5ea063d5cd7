import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL
import SlipwayTesting

@testable import SlipwayCutover

/// A table with a column of every type, and the single-field changes a verifier must see.
enum MutationFixture {
    static let rows = 240
    static let tenants = 4

    static let sql = """
        CREATE TABLE things (id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, whole INTEGER NOT NULL, ratio REAL NOT NULL,
            price DECIMAL(12,2) NOT NULL, word TEXT, empty TEXT, missing TEXT, flag BOOLEAN NOT NULL, born DATE NOT NULL,
            seen TIMESTAMP NOT NULL, zoned TIMESTAMP NOT NULL, external UUID NOT NULL, document JSON NOT NULL, data BLOB NOT NULL);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 240)
        INSERT INTO things SELECT i, 't' || (i % 4), i * 1000003 - 5, i / 7.0, i + 0.25, 'Wort ' || i, '', NULL, i % 2,
            date('2000-02-27', '+' || i || ' days'), datetime('1999-12-31 23:59:58', '+' || i || ' seconds'),
            strftime('%Y-%m-%dT%H:%M:%S', '2024-03-31 00:30:00', '+' || (i * 60) || ' seconds') || '.250Z',
            printf('6ba7b810-9dad-11d1-80b4-%012x', i), '{"n": ' || i || '}', CAST('bytes ' || i AS BLOB) FROM n;
        """

    /// One change to one field: what it does to the column, as SQL over the row, and what it is called.
    struct Change: Sendable {
        var column: String
        var expression: String
    }

    static let changes: [Change] = [
        // The last bit of a double, up and down, and its sign.
        Change(column: "ratio", expression: "float8recv_bits(ratio, 1)"),
        Change(column: "ratio", expression: "float8recv_bits(ratio, -1)"),
        Change(column: "ratio", expression: "-ratio"),
        Change(column: "whole", expression: "whole + 1"), Change(column: "whole", expression: "whole - 1"),
        Change(column: "whole", expression: "whole # 4611686018427387904"),
        Change(column: "price", expression: "price + 0.01"),
        Change(column: "price", expression: "-price"), Change(column: "price", expression: "price * 10"),
        Change(column: "word", expression: "word || ' '"), Change(column: "word", expression: "lower(word)"),
        Change(column: "word", expression: "replace(word, 'o', 'о')"), Change(column: "word", expression: "''"),
        Change(column: "word", expression: "NULL"), Change(column: "word", expression: "substr(word, 2)"),
        Change(column: "word", expression: "normalize(replace(word, 'o', 'ó'), NFD)"),
        Change(column: "empty", expression: "NULL"), Change(column: "empty", expression: "' '"),
        Change(column: "missing", expression: "''"), Change(column: "missing", expression: "'null'"),
        Change(column: "flag", expression: "NOT flag"), Change(column: "born", expression: "born + 1"),
        Change(column: "born", expression: "born - 1"),
        Change(column: "born", expression: "(born + interval '10000 years')::date"),
        Change(column: "seen", expression: "seen + interval '1 microsecond'"),
        Change(column: "seen", expression: "seen + interval '1 second'"),
        Change(column: "seen", expression: "seen - interval '2 hours'"),
        Change(column: "zoned", expression: "zoned + interval '1 hour'"),
        Change(column: "zoned", expression: "zoned + interval '1 microsecond'"),
        Change(column: "zoned", expression: "(zoned AT TIME ZONE 'Europe/Warsaw') AT TIME ZONE 'UTC'"),
        Change(column: "external", expression: "overlay(external::text placing 'f' from 1)::uuid"),
        Change(column: "document", expression: "(document::text || ' ')::json"),
        Change(column: "document", expression: "replace(document::text, ' ', '')::json"),
        Change(column: "document", expression: "replace(document::text, 'n', 'N')::json"),
        Change(column: "data", expression: "set_byte(data, 0, get_byte(data, 0) # 1)"),
        Change(column: "data", expression: "data || '\\x00'"), Change(column: "data", expression: "''::bytea"),
    ]

    /// Steps a double by one in its last place, which SQL has no function for.
    static let helpers = """
        CREATE FUNCTION float8recv_bits(value float8, step int) RETURNS float8 LANGUAGE plpgsql AS $$
        DECLARE
            bytes bytea := float8send(value);
            bits bigint := 0;
            sign int; power int; fraction numeric;
        BEGIN
            FOR place IN 0..7 LOOP bits := bits << 8 | get_byte(bytes, place); END LOOP;
            bits := bits + step;
            sign := CASE WHEN bits < 0 THEN -1 ELSE 1 END;
            power := ((bits >> 52) & 2047)::int;
            fraction := (bits & 4503599627370495)::numeric + 4503599627370496::numeric;
            RETURN (sign * fraction * power(2::numeric, (power - 1075)::numeric))::numeric(1000, 200)::float8;
        END $$;
        """

    /// Where a difference must be reported.
    struct Place: Hashable {
        var kind: Difference.Kind
        var tenant: String
        var key: String
        var column: String?

        init(_ kind: Difference.Kind, tenant: String, id: Int, column: String? = nil) {
            self.kind = kind
            self.tenant = tenant
            key = "id=\(id)"
            self.column = column
        }

        init(_ difference: Difference) {
            kind = difference.kind
            tenant = difference.tenant
            key = difference.key
            column = difference.column
        }
    }

    static func tenant(of id: Int) -> String { "t\(id % tenants)" }
}
