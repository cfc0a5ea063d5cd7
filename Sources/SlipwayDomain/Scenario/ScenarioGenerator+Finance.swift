extension ScenarioGenerator {
    /// Invoices sent to KSeF, at most one an order. Has a column with capitals: `"ksefNumber"`.
    var ksefDocumentTable: ScenarioTable {
        ScenarioTable(
            name: "ksef_documents", batch: .finance,
            columns: [
                ScenarioColumn("document_id", "INTEGER PRIMARY KEY"),
                ScenarioColumn("tenant_id", "TEXT NOT NULL REFERENCES tenants(tenant_id)"),
                ScenarioColumn("order_id", "INTEGER NOT NULL REFERENCES orders(order_id)"),
                ScenarioColumn("ksefNumber", "TEXT"),
                ScenarioColumn("net", "DECIMAL(12,2) NOT NULL"),
                ScenarioColumn("vat", "DECIMAL(12,2) NOT NULL"),
                ScenarioColumn("gross", "DECIMAL(12,2) NOT NULL"),
                ScenarioColumn("currency", "TEXT NOT NULL"),
                ScenarioColumn("issued_on", "DATE NOT NULL"),
                ScenarioColumn("payload", "JSON NOT NULL"),
            ],
            constraints: ["UNIQUE (tenant_id, \"ksefNumber\")"],
            indexSQL: ["CREATE INDEX ksef_documents_by_order ON ksef_documents(tenant_id, order_id)"],
            rows: ScenarioRows(counts.documents) { index in
                var random = random(.documents, index)
                let order = order(ofDocument: index)
                let (net, currency) = price(ofOrder: order)
                let vat = vat(on: net)
                let issued = ScenarioCalendar.date(created(order: order) + 3 * 86_400)
                let number = "\(issued.filter { $0 != "-" })-BFG-\(ScenarioCalendar.padded(index + 1, to: 9))"
                return [
                    .number(index + 1), .text(tenantID(tenant(ofOrder: order))), .number(order + 1),
                    random.once(in: 8) ? .null : .text(number), .money(cents: net), .money(cents: vat),
                    .money(cents: net + vat), .text(currency), .text(issued),
                    .text(
                        """
                        {"schema":"FA(2)","order":\(order + 1),"cargo":"\(random.pick(ScenarioVocabulary.cargo))",\
                        "vat_rate":23,"lines":[{"no":1,"net_cents":\(net)}],"mock":true}
                        """),
                ]
            })
    }

    var paymentTable: ScenarioTable {
        ScenarioTable(
            name: "payments", batch: .finance,
            columns: [
                ScenarioColumn("payment_id", "INTEGER PRIMARY KEY"),
                ScenarioColumn("tenant_id", "TEXT NOT NULL REFERENCES tenants(tenant_id)"),
                ScenarioColumn("document_id", "INTEGER NOT NULL REFERENCES ksef_documents(document_id)"),
                ScenarioColumn("amount", "DECIMAL(12,2) NOT NULL"),
                ScenarioColumn("currency", "TEXT NOT NULL"),
                ScenarioColumn("exchange_rate", "REAL"),
                ScenarioColumn("method", "TEXT NOT NULL"),
                ScenarioColumn("is_matched", "BOOLEAN NOT NULL"),
                ScenarioColumn("due_on", "DATE NOT NULL"),
                ScenarioColumn("paid_on", "DATE"),
            ],
            constraints: [],
            indexSQL: ["CREATE INDEX payments_by_document ON payments(tenant_id, document_id)"],
            rows: ScenarioRows(counts.payments) { index in
                var random = random(.payments, index)
                let document = random.below(counts.documents)
                let order = order(ofDocument: document)
                let (net, currency) = price(ofOrder: order)
                let due = created(order: order) + 17 * 86_400
                let isPaid = !random.once(in: 4)
                let part = random.once(in: 5) ? 2 : 1
                return [
                    .number(index + 1), .text(tenantID(tenant(ofOrder: order))), .number(document + 1),
                    .money(cents: (net + vat(on: net)) / part), .text(currency),
                    currency == "PLN" ? .null : .real(random.real(from: 0.09, width: 4.2)),
                    .text(random.pick(ScenarioVocabulary.methods)), .flag(isPaid && !random.once(in: 10)),
                    .text(ScenarioCalendar.date(due)),
                    isPaid ? .text(ScenarioCalendar.date(due - 86_400 * random.below(14))) : .null,
                ]
            })
    }

    /// 23 %, to the nearest cent.
    private func vat(on net: Int) -> Int { (net * 23 + 50) / 100 }
}
