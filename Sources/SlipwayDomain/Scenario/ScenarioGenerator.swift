/// The bundled transport scenario `grant-demo-local` at any size: the same seed, tenants and rows give the same
/// rows, value for value, on every machine. Every value moves to PostgreSQL bit-exact.
///
/// `rows` is the total over all tables. Each tenant has 25 rows that do not depend on it (itself, its five actors
/// and their nineteen permissions); what is left is shared out by fixed proportions and the total is exact. Asked
/// for less than that and 100 rows more, the scenario has that many.
package struct ScenarioGenerator: Sendable {
    package static let sessionName = "grant-demo-local"

    package let seed: UInt64
    package let tenantCount: Int
    let counts: Counts

    package init(seed: UInt64, tenants: Int, rows: Int) {
        precondition(tenants >= 1, "a scenario has at least one tenant")
        self.seed = seed
        tenantCount = tenants
        let permissions = ScenarioActor.all.reduce(0) { $0 + $1.permissions.count }
        let fixed = tenants * (1 + ScenarioActor.all.count + permissions)
        counts = Counts(sharing: max(rows - fixed, 100))
    }

    /// Parents before children; within that, in the order of the batches.
    package var tables: [ScenarioTable] {
        [
            tenantTable, userTable, permissionTable,
            orderTable, orderLineTable, driverEventTable, clientRequestTable, dispatchTable,
            ksefDocumentTable, paymentTable,
            riskEventTable, auditEventTable,
        ]
    }

    /// Run last: what a cutover to PostgreSQL names as left behind.
    package let closingSQL = [
        """
        CREATE VIEW open_orders AS
        SELECT tenant_id, count(*) AS orders, sum(price_net) AS price_net
        FROM orders WHERE status IN ('draft', 'planned', 'in_transit') GROUP BY tenant_id
        """,
        """
        CREATE TRIGGER payments_known_currency BEFORE INSERT ON payments
        WHEN NEW.currency NOT IN ('PLN', 'UAH', 'EUR')
        BEGIN SELECT RAISE(ABORT, 'a payment is in PLN, UAH or EUR'); END
        """,
    ]

    package var totalRows: Int { tables.reduce(0) { $0 + $1.rows.count } }

    /// Rows of the tables that grow.
    struct Counts: Sendable {
        let orders, lines, driverEvents, requests, dispatches, documents, payments, risks, audit: Int

        /// Shares out `total` in hundredths; rounding is carried on, so the sum is `total`.
        init(sharing total: Int) {
            var used = 0
            func share(_ upTo: Int) -> Int {
                let end = total / 100 * upTo + total % 100 * upTo / 100
                defer { used = end }
                return end - used
            }
            orders = share(16)
            lines = share(38)
            driverEvents = share(64)
            requests = share(69)
            dispatches = share(76)
            documents = share(82)
            payments = share(88)
            risks = share(91)
            audit = share(100)
        }
    }
}

extension ScenarioGenerator {
    /// One stream of chance for each table, and one for what tables must agree on.
    enum Stream: UInt64 {
        case tenants = 1, users, permissions, orders, lines, driverEvents, requests, dispatches, documents, payments
        case risks, audit, tenantOfOrder, pricing
    }

    func random(_ stream: Stream, _ position: Int) -> ScenarioRandom {
        ScenarioRandom(seed: seed, stream: stream.rawValue, position: position)
    }

    func city(ofTenant tenant: Int) -> ScenarioCity {
        ScenarioVocabulary.cities[tenant % ScenarioVocabulary.cities.count]
    }

    /// `bfg-lviv`; from the seventeenth tenant on with a number: `bfg-lviv-2`.
    func tenantID(_ tenant: Int) -> String {
        let round = tenant / ScenarioVocabulary.cities.count
        return "bfg-\(city(ofTenant: tenant).slug)" + (round == 0 ? "" : "-\(round + 1)")
    }

    /// The earlier tenants are the larger ones.
    func tenant(ofOrder order: Int) -> Int {
        var random = random(.tenantOfOrder, order)
        return min(random.below(tenantCount), random.below(tenantCount))
    }

    /// Second of the scenario at which an order was made; orders are numbered in that sequence.
    func created(order: Int) -> Int {
        order * (ScenarioCalendar.days * 86_400) / max(counts.orders, 1)
    }

    func order(ofDocument document: Int) -> Int {
        document * counts.orders / max(counts.documents, 1)
    }

    /// What an order costs before tax, in cents, and its currency.
    func price(ofOrder order: Int) -> (cents: Int, currency: String) {
        var random = random(.pricing, order)
        return (15_000 + random.below(1_200_000), random.pick(ScenarioVocabulary.currencies))
    }
}
