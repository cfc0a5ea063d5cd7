extension ScenarioGenerator {
    var orderTable: ScenarioTable {
        ScenarioTable(
            name: "orders", batch: .operations,
            columns: [
                ScenarioColumn("order_id", "INTEGER PRIMARY KEY"),
                ScenarioColumn("tenant_id", "TEXT NOT NULL REFERENCES tenants(tenant_id)"),
                ScenarioColumn("reference", "TEXT NOT NULL"),
                ScenarioColumn("customer", "TEXT NOT NULL"),
                ScenarioColumn("contact", "TEXT"),
                ScenarioColumn("from_city", "TEXT NOT NULL"),
                ScenarioColumn("to_city", "TEXT NOT NULL"),
                ScenarioColumn("status", "TEXT NOT NULL"),
                ScenarioColumn("cargo_weight_kg", "REAL NOT NULL"),
                ScenarioColumn("price_net", "DECIMAL(12,2) NOT NULL"),
                ScenarioColumn("currency", "TEXT NOT NULL"),
                ScenarioColumn("is_adr", "BOOLEAN NOT NULL"),
                ScenarioColumn("pickup_on", "DATE NOT NULL"),
                ScenarioColumn("created_by", "TEXT NOT NULL"),
                ScenarioColumn("created_at", "TIMESTAMP NOT NULL"),
            ],
            constraints: [
                "UNIQUE (tenant_id, reference)",
                "FOREIGN KEY (tenant_id, created_by) REFERENCES users(tenant_id, user_id)",
            ],
            indexSQL: ["CREATE INDEX orders_by_tenant ON orders(tenant_id, created_at)"],
            rows: ScenarioRows(counts.orders, row: orderRow))
    }

    private func orderRow(_ order: Int) -> [ScenarioValue] {
        var random = random(.orders, order)
        let tenant = tenant(ofOrder: order)
        let (cents, currency) = price(ofOrder: order)
        let created = created(order: order)
        let author = random.once(in: 3) ? ScenarioActor.lviv : ScenarioActor.marek
        return [
            .number(order + 1), .text(tenantID(tenant)),
            .text("BFG/2026/\(ScenarioCalendar.padded(order + 1, to: 6))"),
            .text(random.pick(ScenarioVocabulary.customers)),
            random.once(in: 9) ? .null : .text(random.pick(ScenarioVocabulary.contacts)),
            .text(city(ofTenant: tenant).name), .text(random.pick(ScenarioVocabulary.cities).name),
            .text(random.pick(ScenarioVocabulary.orderStatuses)), .real(random.real(from: 120, width: 23_880)),
            .money(cents: cents), .text(currency), .flag(random.once(in: 12)),
            .text(ScenarioCalendar.date(created + 86_400 * (1 + random.below(5)))), .text(author.id),
            .text(ScenarioCalendar.timestamp(created)),
        ]
    }

    var orderLineTable: ScenarioTable {
        let perOrder = (counts.lines + counts.orders - 1) / max(counts.orders, 1)
        return ScenarioTable(
            name: "order_lines", batch: .operations,
            columns: [
                ScenarioColumn("tenant_id", "TEXT NOT NULL REFERENCES tenants(tenant_id)"),
                ScenarioColumn("order_id", "INTEGER NOT NULL REFERENCES orders(order_id)"),
                ScenarioColumn("line_no", "INTEGER NOT NULL"),
                ScenarioColumn("description", "TEXT NOT NULL"),
                ScenarioColumn("pallets", "INTEGER NOT NULL"),
                ScenarioColumn("weight_kg", "REAL"),
                ScenarioColumn("unit_price", "DECIMAL(12,2) NOT NULL"),
            ],
            constraints: ["PRIMARY KEY (order_id, line_no)"],
            indexSQL: ["CREATE INDEX order_lines_by_tenant ON order_lines(tenant_id)"],
            rows: ScenarioRows(counts.lines) { index in
                var random = random(.lines, index)
                let order = index / perOrder
                return [
                    .text(tenantID(tenant(ofOrder: order))), .number(order + 1), .number(index % perOrder + 1),
                    .text(random.pick(ScenarioVocabulary.cargo)), .number(1 + random.below(33)),
                    random.once(in: 15) ? .null : .real(random.real(from: 40, width: 900)),
                    .money(cents: 500 + random.below(90_000)),
                ]
            })
    }

    var clientRequestTable: ScenarioTable {
        ScenarioTable(
            name: "client_requests", batch: .operations,
            columns: [
                ScenarioColumn("request_id", "TEXT NOT NULL PRIMARY KEY"),
                ScenarioColumn("tenant_id", "TEXT NOT NULL REFERENCES tenants(tenant_id)"),
                ScenarioColumn("order_id", "INTEGER REFERENCES orders(order_id)"),
                ScenarioColumn("client_id", "TEXT NOT NULL"),
                ScenarioColumn("subject", "TEXT NOT NULL"),
                ScenarioColumn("priority", "INTEGER NOT NULL"),
                ScenarioColumn("is_answered", "BOOLEAN NOT NULL"),
                ScenarioColumn("opened_at", "DATETIME NOT NULL"),
                ScenarioColumn("answered_at", "DATETIME"),
            ],
            constraints: ["FOREIGN KEY (tenant_id, client_id) REFERENCES users(tenant_id, user_id)"],
            indexSQL: ["CREATE INDEX client_requests_by_tenant ON client_requests(tenant_id)"],
            rows: ScenarioRows(counts.requests) { index in
                var random = random(.requests, index)
                let order = random.below(counts.orders)
                let opened = created(order: order) + random.below(3 * 86_400)
                let isAnswered = !random.once(in: 3)
                return [
                    .text("req-\(ScenarioCalendar.padded(index + 1, to: 8))"),
                    .text(tenantID(tenant(ofOrder: order))), random.once(in: 5) ? .null : .number(order + 1),
                    .text(ScenarioActor.lviv.id), .text(random.pick(ScenarioVocabulary.subjects)),
                    .number(1 + random.below(5)), .flag(isAnswered), .text(ScenarioCalendar.timestamp(opened)),
                    isAnswered ? .text(ScenarioCalendar.timestamp(opened + random.below(7200))) : .null,
                ]
            })
    }
}
