extension ScenarioGenerator {
    var tenantTable: ScenarioTable {
        ScenarioTable(
            name: "tenants", batch: .tenant,
            columns: [
                ScenarioColumn("tenant_id", "TEXT NOT NULL PRIMARY KEY"),
                ScenarioColumn("name", "TEXT NOT NULL"),
                ScenarioColumn("city", "TEXT NOT NULL"),
                ScenarioColumn("country", "TEXT NOT NULL"),
                ScenarioColumn("tax_number", "TEXT"),
                ScenarioColumn("credit_limit", "DECIMAL(12,2) NOT NULL"),
                ScenarioColumn("is_active", "BOOLEAN NOT NULL"),
                ScenarioColumn("created_at", "TIMESTAMP NOT NULL"),
            ],
            constraints: [], indexSQL: [],
            rows: ScenarioRows(tenantCount) { tenant in
                var random = random(.tenants, tenant)
                let city = city(ofTenant: tenant)
                return [
                    .text(tenantID(tenant)), .text("BFG \(city.name)"), .text(city.name), .text(city.country),
                    city.country == "PL" ? .text("PL\(5_000_000_000 + random.below(4_999_999_999))") : .null,
                    .money(cents: 5_000_000 + random.below(45_000_000)), .flag(true),
                    .text(ScenarioCalendar.timestamp(random.below(86_400))),
                ]
            })
    }

    /// The five actors of each tenant.
    var userTable: ScenarioTable {
        let actors = ScenarioActor.all
        return ScenarioTable(
            name: "users", batch: .tenant,
            columns: [
                ScenarioColumn("tenant_id", "TEXT NOT NULL REFERENCES tenants(tenant_id)"),
                ScenarioColumn("user_id", "TEXT NOT NULL"),
                ScenarioColumn("role_key", "TEXT NOT NULL"),
                ScenarioColumn("display_name", "TEXT NOT NULL"),
                ScenarioColumn("desk", "TEXT NOT NULL"),
                ScenarioColumn("locale", "TEXT NOT NULL"),
                ScenarioColumn("is_active", "BOOLEAN NOT NULL"),
                ScenarioColumn("last_seen_at", "TIMESTAMP"),
            ],
            constraints: ["PRIMARY KEY (tenant_id, user_id)"], indexSQL: [],
            rows: ScenarioRows(tenantCount * actors.count) { index in
                var random = random(.users, index)
                let tenant = index / actors.count
                let actor = actors[index % actors.count]
                let lastSeen = ScenarioCalendar.timestamp(random.below(ScenarioCalendar.days * 86_400))
                return [
                    .text(tenantID(tenant)), .text(actor.id), .text(actor.role.rawValue), .text(actor.displayName),
                    .text(actor.desk), .text(city(ofTenant: tenant).country == "PL" ? "pl" : "uk"), .flag(true),
                    random.once(in: 4) ? .null : .text(lastSeen),
                ]
            })
    }

    var permissionTable: ScenarioTable {
        let grants = ScenarioActor.all.flatMap { actor in actor.permissions.map { (actor.id, $0) } }
        return ScenarioTable(
            name: "permissions", batch: .tenant,
            columns: [
                ScenarioColumn("tenant_id", "TEXT NOT NULL"),
                ScenarioColumn("user_id", "TEXT NOT NULL"),
                ScenarioColumn("permission", "TEXT NOT NULL"),
                ScenarioColumn("granted_by", "TEXT"),
                ScenarioColumn("granted_on", "DATE NOT NULL"),
            ],
            constraints: [
                "PRIMARY KEY (tenant_id, user_id, permission)",
                "FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, user_id)",
            ],
            isWithoutRowID: true, indexSQL: [],
            rows: ScenarioRows(tenantCount * grants.count) { index in
                var random = random(.permissions, index)
                let (user, permission) = grants[index % grants.count]
                return [
                    .text(tenantID(index / grants.count)), .text(user), .text(permission),
                    user == ScenarioActor.anna.id ? .null : .text(ScenarioActor.anna.id),
                    .text(ScenarioCalendar.date(random.below(30 * 86_400))),
                ]
            })
    }
}
