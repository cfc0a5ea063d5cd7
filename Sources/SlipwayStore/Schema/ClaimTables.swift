import SlipwaySQL

extension Schema {
    /// Which members are what a provider's claims say, and for as long as they say it.
    static let claims = Migration(
        "0009 members by claims",
        ["ALTER TABLE members ADD COLUMN by_claims BIGINT NOT NULL DEFAULT 0 CHECK (by_claims IN (0, 1))"])
}
