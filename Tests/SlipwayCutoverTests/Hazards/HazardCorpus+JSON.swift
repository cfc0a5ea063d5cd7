@testable import SlipwayCutover

extension HazardCorpus {
    static let json: [HazardCase] = notJSON + nearlyJSON + refused + kept

    private static let notJSON: [HazardCase] = [
        ("a bare key", "{a:1}"), ("single quotes", "{''a'':1}"), ("a comma at the end of an object", "{\"a\":1,}"),
        ("a comma at the end of a list", "[1,]"), ("undefined", "undefined"), ("NaN", "{\"a\":NaN}"),
        ("Infinity", "[-Infinity]"),
        ("nothing as JSON", ""), ("only spaces", "   "), ("two values", "{} {}"), ("a zero in front", "{\"a\":01}"),
        ("an open string", "\"unterminated"), ("an open object", "{\"a\":1"), ("an open list", "[1, 2"),
        ("a bad escape", "\"\\x41\""),
        ("a short unicode escape", "\"\\u12\""), ("a signed unicode escape", "\"\\u+123\""), ("no comma", "[1 2]"),
        ("True", "[True]"), ("a plus in front", "[+1]"),
        ("a point in front", "[.5]"), ("a point behind", "[1.]"), ("an exponent of nothing", "[1e]"),
        ("no colon", "{\"a\" 1}"),
        ("a comment", "/* x */ {}"), ("a lone minus", "[-]"), ("a truncated word", "[tru"),
        ("a number as a key", "{1:2}"),
        ("a secret as JSON", HazardCase.secret), ("a closing too much", "[]]"),
    ].map { name, value in
        HazardCase.values(
            name, .json, in: "JSON", good: ["'{\"a\": [1, null]}'", "'[]'", "NULL"], bad: ["'\(value)'"], .json)
    }

    private static let nearlyJSON: [HazardCase] = [
        .values(
            "a tab in a string", .json, in: "JSON", good: ["'[]'"],
            bad: ["'\"a' || char(9) || 'b\"'", "'\"' || char(10) || '\"'"], .json),
        .values("a mark in front of JSON", .json, in: "JSON", good: ["'[]'"], bad: ["char(65279) || '[]'"], .json),
        .values("a hard space in JSON", .json, in: "JSON", good: ["'[]'"], bad: ["'[' || char(160) || ']'"], .json),
        .values(
            "numbers that JSON affinity made", .storageClass, in: "JSON", good: ["'[]'"], bad: ["'1.50'", "'-7'"],
            .storageClass, remedy: .asText),
    ]

    private static let refused: [HazardCase] = [
        ("an escaped NUL", "{\"a\":\"\\u0000\"}"), ("a high surrogate alone", "[\"\\ud800\"]"),
        ("a high surrogate before a letter", "[\"\\ud800x\"]"),
        ("a low surrogate alone", "[\"\\udc00\"]"), ("surrogates turned round", "[\"\\udc00\\ud800\"]"),
        ("two high surrogates", "[\"\\ud800\\ud800\"]"),
        ("a key twice", "{\"a\":1,\"a\":2}"), ("a key twice further in", "[{\"b\":{\"a\":1, \"a\":1}}]"),
        ("a key twice by an escape", "{\"a\":1,\"\\u0061\":2}"),
        ("a huge exponent", "[1e200000]"), ("a tiny exponent", "[1e-20000]"),
        ("an exponent beyond counting", "[1e99999999999999999999]"),
        ("the most negative exponent", "[1e-9223372036854775808]"), ("an escaped NUL in a key", "{\"\\u0000\":1}"),
    ].map { name, value in
        HazardCase.values(
            name, .jsonbRefused, in: "JSON", good: ["'\(value)'", "'{\"a\": 1}'", "NULL"],
            notices: ["jsonb_refused @ id=1"])
    }

    private static let kept: [HazardCase] = [
        .values(
            "spaces and order", .json, in: "JSON",
            good: ["'{ \"b\" : 1 ,  \"a\":[ ] }'", "' [1] '", "'[]' || char(10)"]),
        .values(
            "numbers as written", .json, in: "JSON",
            good: ["'[1.0, 1.00, 1e2, 1E+2, -0, -0.0, 1e400, 0.1e-300]'", "'[12345678901234567890.123456789]'"]),
        .values(
            "escapes", .json, in: "JSON",
            good: ["'\"\\ud83d\\ude00 \\u00e9 \\/ \\b\\f\\n\\r\\t \\\\ \\\"\"'", "'\"żółw 😀\"'"]),
        .values("words of JSON", .json, in: "JSON", good: ["'null'", "'true'", "'false'", "'\"\"'", "'{}'"]),
        .values(
            "deep JSON", .json, in: "JSON",
            good: ["replace(printf('%.900c', 'x'), 'x', '[') || replace(printf('%.900c', 'x'), 'x', ']')"]),
        .values(
            "very deep JSON", .json, in: "JSON", good: ["'[]'"],
            bad: ["replace(printf('%.60000c', 'x'), 'x', '[') || replace(printf('%.60000c', 'x'), 'x', ']')"], .json),
        .values("JSON in TEXT", .json, in: "TEXT", good: ["'{a:1}'", "'{\"a\":1,\"a\":2}'", "'\"\\u0000\"'"]),
        .values("only broken JSON", .json, in: "JSON", good: ["'{a:1}'", "'None'"]),
        .values("declared as JSONB", .json, in: "JSONB", good: ["'{\"a\": 1}'", "'[]'"]),
        .values("binary JSON", .storageClass, in: "JSON", good: ["X'4c1761'", "X'13'"]),
    ]
}
