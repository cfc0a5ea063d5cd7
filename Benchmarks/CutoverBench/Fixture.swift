import SlipwayDomain
import SlipwaySQL
import SlipwaySQLite

/// The benchmark's application: 4 tables of 8 columns, 2 foreign keys, 50 tenants. Of 1,000,000 rows, 691,428 have
/// a double, and each of those needs 17 digits to be written.
struct Fixture {
    let seed: UInt64
    let tenants: Int
    let users: Int
    let orders: Int
    let ledger: Int
    let audit: Int

    init(seed: UInt64, tenants: Int, rows: Int) {
        self.seed = seed
        self.tenants = tenants
        orders = rows * 12 / 100
        ledger = rows * 4 / 7
        audit = rows * 28 / 100
        users = rows - orders - ledger - audit
    }

    var tables: [(table: FixtureTable, count: Int, row: (Int) -> [SQLValue])] {
        [
            (.users, users, userRow), (.orders, orders, orderRow), (.ledger, ledger, ledgerRow),
            (.auditEvents, audit, auditRow),
        ]
    }

    private func userRow(_ index: Int) -> [SQLValue] {
        var random = random(1, index)
        return [
            .integer(Int64(index + 1)), .text(tenant(ofUser: index)), .text("user\(index + 1)@example.test"),
            .text(random.pick(Self.names)), .text(random.pick(["dispatcher", "accountant", "driver", "client"])),
            .text(random.pick(["uk", "pl", "en"])), .text(time(random.below(Self.year))),
            random.once(in: 5) ? .null : .text(time(random.below(Self.year))),
        ]
    }

    private func orderRow(_ index: Int) -> [SQLValue] {
        var random = random(2, index)
        let user = user(ofOrder: index)
        return [
            .integer(Int64(index + 1)), .text(tenant(ofUser: user)), .integer(Int64(user + 1)),
            .text("BFG-\(1_000_000 + index)"), .text(random.pick(["planned", "in_transit", "delivered", "invoiced"])),
            .real(Self.longDouble(&random, from: 10, width: 23_990)),
            random.once(in: 4) ? .null : .text(random.pick(Self.notes)), .text(time(random.below(Self.year))),
        ]
    }

    private func ledgerRow(_ index: Int) -> [SQLValue] {
        var random = random(3, index)
        let order = random.below(orders)
        return [
            .integer(Int64(index + 1)), .text(tenant(ofUser: user(ofOrder: order))), .integer(Int64(order + 1)),
            .text("\(200 + random.below(600))-\(10 + random.below(90))"), .text(random.pick(["PLN", "UAH", "EUR"])),
            .real(Self.longDouble(&random, from: -90_000, width: 180_000)),
            .text("\(random.pick(Self.notes)) BFG-\(1_000_000 + order)"),
            .text(time(random.below(Self.year))),
        ]
    }

    private func auditRow(_ index: Int) -> [SQLValue] {
        var random = random(4, index)
        let user = random.below(users)
        let order = random.below(orders) + 1
        let action = random.pick(["order.created", "order.updated", "payment.matched", "document.sent"])
        let payload = """
            {"order":\(order),"changed":["status","weight"],"by":"\(random.pick(Self.names))",\
            "from":"10.0.\(random.below(256)).\(random.below(256))","attempt":\(random.below(4))}
            """
        return [
            .integer(Int64(index + 1)), .text(tenant(ofUser: user)), .text("user\(user + 1)"), .text(action),
            .text("order:\(order)"), .text("req-\(String(random.next(), radix: 16))"), .text(payload),
            .text(time(random.below(Self.year))),
        ]
    }
}

extension Fixture {
    private static let year = 365 * 86_400
    private static let names = [
        "Żaneta Wójcik", "Оксана Гриценко", "Michał Świątek", "Андрій Щербань", "Anna Kowalska",
    ]
    private static let notes = [
        "transport międzynarodowy", "доставка до складу", "faktura korygująca", "зворотний рейс, палети",
        "fuel surcharge",
    ]

    private func random(_ stream: UInt64, _ index: Int) -> ScenarioRandom {
        ScenarioRandom(seed: seed, stream: stream, position: index)
    }

    private func user(ofOrder order: Int) -> Int {
        var random = random(5, order)
        return random.below(users)
    }

    private func tenant(ofUser user: Int) -> String {
        var random = random(6, user)
        let number = 1 + (user < tenants ? user : random.below(tenants))
        return number < 10 ? "tenant-0\(number)" : "tenant-\(number)"
    }

    /// A double whose shortest exact form has 17 digits: the kind that a loader by way of 15 digits, or of four
    /// bytes, alters.
    private static func longDouble(_ random: inout ScenarioRandom, from low: Double, width: Double) -> Double {
        while true {
            let value = random.real(from: low, width: width)
            let digits = value.magnitude.description.utf8.count - 1
            if value.magnitude >= 1, digits == 17 { return value }
        }
    }

    /// `YYYY-MM-DD HH:MM:SS` in 2025.
    private func time(_ second: Int) -> String {
        var day = second / 86_400
        var month = 0
        while day >= Self.monthLengths[month] {
            day -= Self.monthLengths[month]
            month += 1
        }
        let rest = second % 86_400
        let parts = [month + 1, day + 1, rest / 3600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "2025-\(parts[0])-\(parts[1]) \(parts[2]):\(parts[3]):\(parts[4])"
    }

    private static let monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}
