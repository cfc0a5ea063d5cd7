package import SlipwayDomain
import SlipwaySQL
import SlipwayStore

/// Brings tenants from the application they were in, with the credentials they carried.
package struct TenantImport: Sendable {
    private let changes: LoggedChanges

    package init(_ changes: LoggedChanges) {
        self.changes = changes
    }

    /// A tenant as a line of an import has it.
    package struct Line: Sendable {
        package let name: String
        package let tenantID: String?
        package let externalID: String?
        package let clientID: String?
        package let clientSecret: String?
        package let certificateThumbprint: String?
        package let notes: String?

        /// From JSON by the data model's names. Throws what is wrong with it, by field.
        package init(_ json: JSONValue) throws(ImportFailure) {
            guard let object = json.objectValue else { throw ImportFailure("is no JSON object") }
            let known = [
                "name", "tenant_id", "external_id", "app_client_id", "app_client_secret", "app_certificate_thumbprint",
                "app_notes",
            ]
            for field in object.keys.sorted() where !known.contains(field) {
                throw ImportFailure("has an unknown field \(field); known are \(known.joined(separator: ", "))")
            }
            func text(_ field: String) throws(ImportFailure) -> String? {
                guard let value = object[field], value != .null else { return nil }
                guard let text = value.stringValue else { throw ImportFailure("has no text in \(field)") }
                return text.isEmpty ? nil : text
            }
            guard let name = try text("name") else { throw ImportFailure("has no name") }
            self.name = name
            tenantID = try text("tenant_id")
            externalID = try text("external_id")
            clientID = try text("app_client_id")
            clientSecret = try text("app_client_secret")
            certificateThumbprint = try text("app_certificate_thumbprint")
            notes = try text("app_notes")
        }
    }

    /// Adds a tenant with what it carried, in one transaction. Throws `Tenants.Failure.nameTaken`.
    package func add(_ line: Line, _ context: OperationContext) async throws -> ID<Tenant> {
        try context.require(.manageTenants, on: nil, orHide: .workspace)
        do {
            return try await changes(in: RowScope(context.scope)) { change in
                let id: ID<Tenant> = try change.id()
                try TenantReads.add(
                    id, name: line.name, directory: line.tenantID, externalID: line.externalID, to: context.workspace,
                    at: change.now, change.transaction)
                try LegacyStore.put(
                    LegacyFields(
                        tenant: id, name: line.name, directory: line.tenantID, clientID: line.clientID,
                        clientSecret: line.clientSecret, certificateThumbprint: line.certificateThumbprint,
                        notes: line.notes), change.transaction)
                try change.log(.manageTenants, on: id, "tenant \(id), \(line.name), imported", by: context)
                return id
            }
        } catch DatabaseError.unique {
            throw Tenants.Failure.nameTaken(line.name)
        }
    }
}

/// What is wrong with a line of an import.
package struct ImportFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
