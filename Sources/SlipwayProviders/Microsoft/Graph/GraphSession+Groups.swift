import SlipwayDomain

extension GraphSession {
    func groupAddress(_ id: String) -> String { "\(root)/groups/\(Form.encoded(id))" }

    /// Nil when there is none of that id.
    func group(_ id: String, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> GroupState? {
        let request = ProviderRequest(.get, "\(groupAddress(id))?$select=\(GroupsSync.properties)")
        let response = try await answer(to: request, effect: .none, with: permit)
        if response.status == 404 { return nil }
        if let failure = UpstreamAnswer.failure(
            of: response, to: .get, detail: GraphDetail.text(response, through: access))
        {
            throw failure
        }
        guard let body = try? JSONValue(parsing: response.body), body["id"]?.stringValue != nil else {
            throw .transient(.providerUnavailable)
        }
        return GroupState(id: id, body: body)
    }

    /// The ids of groups that could be this one, made again: Graph gives a new id, so they are known by mail nickname.
    func groups(
        like wanted: GroupState, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> [String] {
        guard let name = wanted.mailNickname else {
            throw .terminal(.evidenceMissing, detail: "the snapshot has no mail nickname of the group")
        }
        let filter = Form.encoded("mailNickname eq '\(name.replacing("'", with: "''"))'")
        return try await rows(at: "groups?$filter=\(filter)&$select=id,displayName", with: permit).map(\.id)
    }

    /// Sends a request that changes something. Throws what its answer, or its absence, means.
    @discardableResult
    func carryOut(
        _ request: ProviderRequest, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ProviderResponse {
        let response = try await answer(
            to: request, effect: UpstreamAnswer.Effect(of: request.method), with: permit)
        if let failure = UpstreamAnswer.failure(
            of: response, to: request.method, detail: GraphDetail.text(response, through: access))
        {
            throw failure
        }
        return response
    }
}

extension ProviderRequest {
    /// With a JSON body.
    init(_ method: Method, _ url: String, json: JSONValue) throws(AdapterFailure) {
        guard let bytes = try? json.canonicalBytes else { throw .terminal(.internalFault, detail: "not plain JSON") }
        self.init(method, url, body: Body(type: "application/json", SecretBytes(bytes)))
    }
}
