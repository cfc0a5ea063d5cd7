extension ScenarioGenerator {
    var riskEventTable: ScenarioTable {
        ScenarioTable(
            name: "risk_events", batch: .audit,
            columns: [
                ScenarioColumn("risk_id", "INTEGER PRIMARY KEY"),
                ScenarioColumn("tenant_id", "TEXT NOT NULL REFERENCES tenants(tenant_id)"),
                ScenarioColumn("order_id", "INTEGER REFERENCES orders(order_id)"),
                ScenarioColumn("kind", "TEXT NOT NULL"),
                ScenarioColumn("severity", "INTEGER NOT NULL"),
                ScenarioColumn("score", "REAL NOT NULL"),
                ScenarioColumn("detail", "JSON"),
                ScenarioColumn("raised_at", "TIMESTAMP NOT NULL"),
                ScenarioColumn("resolved_at", "TIMESTAMP"),
            ],
            constraints: [],
            indexSQL: ["CREATE INDEX risk_events_by_tenant ON risk_events(tenant_id)"],
            rows: ScenarioRows(counts.risks) { index in
                var random = random(.risks, index)
                let order = random.below(counts.orders)
                let raised = created(order: order) + random.below(4 * 86_400)
                let city = random.pick(ScenarioVocabulary.cities).name
                let detail = "{\"near\":\"\(city)\",\"minutes\":\(5 + random.below(600))}"
                return [
                    .number(index + 1), .text(tenantID(tenant(ofOrder: order))),
                    random.once(in: 6) ? .null : .number(order + 1), .text(random.pick(ScenarioVocabulary.riskKinds)),
                    .number(1 + random.below(5)), .real(random.real(from: 0, width: 1)),
                    random.once(in: 4) ? .null : .text(detail), .text(ScenarioCalendar.timestamp(raised)),
                    random.once(in: 3) ? .null : .text(ScenarioCalendar.timestamp(raised + 600 + random.below(90_000))),
                ]
            })
    }

    var auditEventTable: ScenarioTable {
        ScenarioTable(
            name: "audit_events", batch: .audit,
            columns: [
                ScenarioColumn("event_id", "INTEGER PRIMARY KEY"),
                ScenarioColumn("tenant_id", "TEXT NOT NULL REFERENCES tenants(tenant_id)"),
                ScenarioColumn("actor_id", "TEXT NOT NULL"),
                ScenarioColumn("action", "TEXT NOT NULL"),
                ScenarioColumn("subject_id", "INTEGER"),
                ScenarioColumn("source", "TEXT NOT NULL"),
                ScenarioColumn("payload", "JSON NOT NULL"),
                ScenarioColumn("created_at", "TIMESTAMP NOT NULL"),
            ],
            constraints: ["FOREIGN KEY (tenant_id, actor_id) REFERENCES users(tenant_id, user_id)"],
            indexSQL: ["CREATE INDEX audit_events_by_tenant ON audit_events(tenant_id, created_at)"],
            rows: ScenarioRows(counts.audit) { index in
                var random = random(.audit, index)
                let order = random.below(counts.orders)
                let actor = random.pick(ScenarioActor.all)
                let action = random.pick(ScenarioVocabulary.actions)
                let contact = random.pick(ScenarioVocabulary.contacts)
                return [
                    .number(index + 1), .text(tenantID(tenant(ofOrder: order))), .text(actor.id), .text(action),
                    action.hasPrefix("order.") ? .number(order + 1) : .null, .text("ScenarioStore.v1"),
                    .text(
                        """
                        {"action":"\(action)","role":"\(actor.role.rawValue)","contact":"\(contact)",\
                        "order":\(order + 1),"changed":["status","price_net"],"note":null}
                        """),
                    .text(ScenarioCalendar.timestamp(created(order: order) + random.below(9 * 86_400))),
                ]
            })
    }
}
