import SlipwayDomain
import Synchronization

/// Keeps in memory what adapters read and leave.
final class KeptRecords: CredentialSource, ConnectionRecords, DirectoryRecords {
    private struct State {
        var access: ConnectionAccess
        var findings: [ConnectionFindings] = []
        var cursors: [DirectoryCopy: String] = [:]
        var objects: [DirectoryCopy: [String: DirectoryObject]] = [:]
        /// What a sync that is not over brought.
        var brought: [DirectoryCopy: Set<String>] = [:]
        var reads = 0
        var pages = 0
    }

    private let state: Mutex<State>

    init(_ access: ConnectionAccess) {
        state = Mutex(State(access: access))
    }

    var findings: [ConnectionFindings] { state.withLock(\.findings) }
    /// How often a credential was opened.
    var reads: Int { state.withLock(\.reads) }
    /// How many pages were kept.
    var pages: Int { state.withLock(\.pages) }

    func names(of copy: DirectoryCopy) -> [String: String] {
        state.withLock { ($0.objects[copy] ?? [:]).mapValues(\.name) }
    }

    func replace(_ access: ConnectionAccess) {
        state.withLock { $0.access = access }
    }

    func access(
        through connection: ID<ProviderConnection>, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ConnectionAccess {
        let access = state.withLock { state in
            state.reads += 1
            return state.access
        }
        guard access.connection == connection else { throw .terminal(.connectionMissing) }
        return access
    }

    func found(
        _ findings: ConnectionFindings, of connection: ID<ProviderConnection>, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) {
        state.withLock { $0.findings.append(findings) }
    }

    func cursor(of copy: DirectoryCopy, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> String? {
        state.withLock { $0.cursors[copy] }
    }

    func bring(
        _ page: DirectoryPage, to copy: DirectoryCopy, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) {
        state.withLock { state in
            state.pages += 1
            for object in page.objects {
                state.objects[copy, default: [:]][object.id] = object
                state.brought[copy, default: []].insert(object.id)
            }
            for id in page.removed { state.objects[copy]?[id] = nil }
        }
    }

    func finish(
        _ copy: DirectoryCopy, cursor: String?, wasWhole: Bool, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> Int {
        state.withLock { state in
            state.cursors[copy] = cursor
            let brought = state.brought.removeValue(forKey: copy) ?? []
            if wasWhole { state.objects[copy] = state.objects[copy]?.filter { brought.contains($0.key) } }
            return state.objects[copy]?.count ?? 0
        }
    }

    func objects(
        of copy: DirectoryCopy, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> [DirectoryObject] {
        state.withLock { ($0.objects[copy] ?? [:]).values.sorted { $0.id < $1.id } }
    }
}
