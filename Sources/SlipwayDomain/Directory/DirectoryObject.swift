/// A collection of objects that is copied from a provider, per tenant.
package enum DirectoryCollection: String, CaseIterable, Sendable {
    case groups
    case roleDefinitions = "role_definitions"
    case servicePrincipals = "service_principals"
    case policies
}

/// An object of a provider's directory, as it was read.
package struct DirectoryObject: Hashable, Sendable {
    /// The provider's id.
    package let id: String
    package let name: String
    /// All that the provider said of it.
    package let body: JSONValue

    package init(id: String, name: String, body: JSONValue) {
        self.id = id
        self.name = name
        self.body = body
    }
}

/// One answer of a provider about a collection.
package struct DirectoryPage: Sendable {
    package var objects: [DirectoryObject]
    /// Ids of what is no longer there.
    package var removed: [String]

    package init(objects: [DirectoryObject], removed: [String] = []) {
        self.objects = objects
        self.removed = removed
    }
}

/// A collection of one connection's tenant, as it was brought here.
package struct DirectoryCopy: Hashable, Sendable {
    package let tenant: ID<Tenant>
    package let connection: ID<ProviderConnection>
    package let collection: DirectoryCollection
    /// Which part of the collection, such as `all_groups_v1`.
    package let selection: String

    package init(
        tenant: ID<Tenant>, connection: ID<ProviderConnection>, collection: DirectoryCollection, selection: String
    ) {
        self.tenant = tenant
        self.connection = connection
        self.collection = collection
        self.selection = selection
    }
}

/// Where an adapter leaves what it brings from a provider.
package protocol DirectoryRecords: Sendable {
    /// Where the next sync goes on from: what the provider gave at the end of the last whole one. Nil for a first one.
    func cursor(of copy: DirectoryCopy, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> String?

    /// Keeps a page. The same page twice leaves the same.
    func bring(
        _ page: DirectoryPage, to copy: DirectoryCopy, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure)

    /// Ends a sync: keeps its cursor, and when the sync was of the whole, marks what it did not bring as removed.
    /// Returns how many are there now.
    func finish(
        _ copy: DirectoryCopy, cursor: String?, wasWhole: Bool, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> Int

    /// Objects that are there now, by id; for a restore and for comparing.
    func objects(
        of copy: DirectoryCopy, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> [DirectoryObject]

    /// One object that is there now; nil when it is not.
    func object(
        _ id: String, of copy: DirectoryCopy, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> DirectoryObject?
}

extension DirectoryRecords {
    /// By reading them all: records that can find one by its id do better.
    package func object(
        _ id: String, of copy: DirectoryCopy, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> DirectoryObject? {
        try await objects(of: copy, with: permit).first { $0.id == id }
    }
}
