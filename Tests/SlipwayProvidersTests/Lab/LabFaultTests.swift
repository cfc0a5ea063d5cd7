import SlipwayDomain
import SlipwayLab
import Testing

@Suite(.timeLimit(.minutes(15))) struct LabFaultTests {
    @Test func `a fault hits the requests it is for, as often as it says, and then no more`() async throws {
        let lab = LabMicrosoft()
        let rule: JSONValue = [
            "fault": "too_many_requests", "path": "/microsoft/v1.0/groups", "method": "GET", "skip": 1, "count": 2,
            "retry_after_seconds": 9,
        ]
        #expect(try await lab.ask("POST", "lab/faults", body: rule.canonicalBytes).status == 200)
        var statuses: [Int] = []
        for _ in 0..<4 { statuses.append(try await lab.graph("groups").status) }
        #expect(statuses == [200, 429, 429, 200])
        #expect(lab.lab.faults.all.isEmpty)
    }

    @Test func `what is done before a reset stays, and what is reset before is not done`() async throws {
        let lab = LabMicrosoft()
        let id = lab.tenant.groups[0].id
        for (fault, name) in [(LabFault.resetBeforeEffect, "before"), (.resetAfterEffect, "after")] {
            lab.lab.faults.add(FaultRule(fault, path: "/microsoft/v1.0/groups", method: "PATCH"))
            await #expect(throws: CancellationError.self) {
                try await lab.graph("PATCH", "groups/\(id)", json: ["displayName": .string(name)])
            }
            #expect((lab.tenant.groups[0].displayName == name) == (fault == .resetAfterEffect))
        }
    }

    @Test func `a malformed body is no JSON`() async throws {
        let lab = LabMicrosoft()
        lab.lab.faults.add(FaultRule(.malformedBody, path: "/microsoft/v1.0/groups"))
        let answer = try await lab.graph("groups")
        #expect(answer.status == 200)
        #expect(answer.json == nil)
    }

    @Test(
        arguments: [
            ["path": "/microsoft"], ["fault": "colour", "path": "/"], ["fault": "latency"],
            ["fault": "latency", "path": "/", "count": -1], ["fault": "server_error", "path": "/", "status": 200],
        ] as [JSONValue])
    func `a rule that is none is refused and changes nothing`(_ rule: JSONValue) async throws {
        let lab = LabMicrosoft()
        #expect(try await lab.ask("POST", "lab/faults", body: rule.canonicalBytes).status == 400)
        #expect(lab.lab.faults.all.isEmpty)
    }

    @Test func `faults are listed and removed together`() async throws {
        let lab = LabMicrosoft()
        for fault in LabFault.allCases { lab.lab.faults.add(FaultRule(fault, path: "/elsewhere")) }
        let list = try await lab.ask("GET", "lab/faults").json?["faults"]?.arrayValue
        #expect(list?.compactMap { $0["fault"]?.stringValue } == LabFault.allCases.map(\.rawValue))
        #expect(try await lab.ask("DELETE", "lab/faults").json == ["faults": []])
        #expect(lab.lab.faults.all.isEmpty)
    }
}
