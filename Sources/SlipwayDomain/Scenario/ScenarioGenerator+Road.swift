extension ScenarioGenerator {
    var driverEventTable: ScenarioTable {
        ScenarioTable(
            name: "driver_events", batch: .operations,
            columns: [
                ScenarioColumn("event_id", "INTEGER PRIMARY KEY"),
                ScenarioColumn("tenant_id", "TEXT NOT NULL REFERENCES tenants(tenant_id)"),
                ScenarioColumn("order_id", "INTEGER NOT NULL REFERENCES orders(order_id)"),
                ScenarioColumn("driver_id", "TEXT NOT NULL"),
                ScenarioColumn("kind", "TEXT NOT NULL"),
                ScenarioColumn("latitude", "REAL NOT NULL"),
                ScenarioColumn("longitude", "REAL NOT NULL"),
                ScenarioColumn("speed_kmh", "REAL"),
                ScenarioColumn("recorded_at", "TIMESTAMPTZ NOT NULL"),
            ],
            constraints: ["FOREIGN KEY (tenant_id, driver_id) REFERENCES users(tenant_id, user_id)"],
            indexSQL: ["CREATE INDEX driver_events_by_order ON driver_events(tenant_id, order_id)"],
            rows: ScenarioRows(counts.driverEvents) { index in
                var random = random(.driverEvents, index)
                let order = index * counts.orders / counts.driverEvents
                let tenant = tenant(ofOrder: order)
                let city = city(ofTenant: tenant)
                let kind = random.pick(ScenarioVocabulary.driverEvents)
                return [
                    .number(index + 1), .text(tenantID(tenant)), .number(order + 1), .text(ScenarioActor.petro.id),
                    .text(kind), .real(random.real(from: city.latitude - 1.5, width: 3)),
                    .real(random.real(from: city.longitude - 2, width: 4)),
                    kind == "position" ? .real(random.real(from: 5, width: 84)) : .null,
                    .text(
                        ScenarioCalendar.instant(
                            created(order: order) + 86_400 + random.below(86_400), millisecond: random.below(1000))),
                ]
            })
    }

    /// Has a column with a reserved name: `"order"`, the stop's place in the day's run.
    var dispatchTable: ScenarioTable {
        ScenarioTable(
            name: "dispatches", batch: .operations,
            columns: [
                ScenarioColumn("dispatch_id", "INTEGER PRIMARY KEY"),
                ScenarioColumn("tenant_id", "TEXT NOT NULL REFERENCES tenants(tenant_id)"),
                ScenarioColumn("order_id", "INTEGER NOT NULL REFERENCES orders(order_id)"),
                ScenarioColumn("order", "INTEGER NOT NULL"),
                ScenarioColumn("vehicle", "TEXT NOT NULL"),
                ScenarioColumn("trailer", "TEXT"),
                ScenarioColumn("driver_id", "TEXT NOT NULL"),
                ScenarioColumn("planned_km", "REAL NOT NULL"),
                ScenarioColumn("departs_at", "TIMESTAMP NOT NULL"),
                ScenarioColumn("arrived_at", "TIMESTAMP"),
            ],
            constraints: ["FOREIGN KEY (tenant_id, driver_id) REFERENCES users(tenant_id, user_id)"],
            indexSQL: ["CREATE INDEX dispatches_by_tenant ON dispatches(tenant_id)"],
            rows: ScenarioRows(counts.dispatches) { index in
                var random = random(.dispatches, index)
                let order = index * counts.orders / counts.dispatches
                let departs = created(order: order) + 86_400 + random.below(20_000)
                let arrives = departs + 3600 + random.below(80_000)
                return [
                    .number(index + 1), .text(tenantID(tenant(ofOrder: order))), .number(order + 1),
                    .number(1 + random.below(6)), .text("KR \(10_000 + random.below(90_000))"),
                    random.once(in: 4) ? .null : .text("ВС \(1000 + random.below(9000)) ТР"),
                    .text(ScenarioActor.petro.id), .real(random.real(from: 15, width: 1400)),
                    .text(ScenarioCalendar.timestamp(departs)),
                    random.once(in: 5) ? .null : .text(ScenarioCalendar.timestamp(arrives)),
                ]
            })
    }
}
