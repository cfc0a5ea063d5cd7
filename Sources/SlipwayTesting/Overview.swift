/// What the tests share, and nothing that the product uses.
///
/// - `Backend`: the stores a conformance suite runs on, each lent empty and taken back.
/// - `TestCluster`: the one PostgreSQL of a test process, which lends databases.
/// - `ManualClock`, `Seed`, `SeededGenerator`: time and chance that a test decides.
/// - `expectSnapshot`: a text compared with a checked-in one.
/// - `LogLines`: every line that is logged, kept.
/// - `BoardFixture`, `GeneratedPlan`: the demo's facts, and plans nobody would draw up, for go-live boards.
/// - `Command`: another program, run to its end.
