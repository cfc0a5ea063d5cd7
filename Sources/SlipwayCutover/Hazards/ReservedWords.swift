/// The words PostgreSQL 13 to 17 does not take as a column's or table's name without quotes, from the table of
/// key words in its manual (appendix C).
enum ReservedWords {
    /// Columns every table has already.
    static let systemColumns: Set<String> = ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"]

    static let all: Set<String> = Set(
        """
        all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate
        collation column concurrently constraint create cross current_catalog current_date current_role
        current_schema current_time current_timestamp current_user default deferrable desc distinct do else end
        except false fetch for foreign freeze from full grant group having ilike in initially inner intersect into
        is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on
        only or order outer overlaps placing primary references returning right select session_user similar some
        symmetric system_user table tablesample then to trailing true union unique user using variadic verbose when
        where window with
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
