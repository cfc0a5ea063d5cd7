extension PacketDraft {
    /// A board as a packet: what it was computed from, and what it came to. Whoever has it can compute the board again and
    /// compare the bytes.
    package static func board(_ board: Board, _ inputs: BoardInputs, of journey: String) -> PacketDraft {
        let bytes = (try? board.json.canonicalBytes) ?? []
        let counters = board.plan.counters.map { counter in
            let tally = board.counters[counter.id]
            return PacketLine(counter.id.rawValue, "\(tally?.done ?? 0)/\(tally?.total ?? 0)")
        }
        let decisions = board.decisions.map { PacketLine($0.name.rawValue, $0.code?.rawValue ?? "UNDECIDED") }
        return PacketDraft(
            kind: .board, scope: journey, outcome: board.verdict.isGo ? .pass : .fail,
            subjects: [Subject(name: "board", digest: Digest(sha256Of: bytes))],
            facts: ["inputs": inputs.json, "board": board.json],
            lines: counters + decisions)
    }

    /// Whether the board in a packet is the one that its inputs come to, byte for byte; nil for a packet without one.
    package var isBoardReproduced: Bool? {
        guard kind == .board, let stored = facts["board"], let document = facts["inputs"],
            let inputs = try? BoardInputs(json: document)
        else { return nil }
        return (try? inputs.board().json.canonicalBytes) == (try? stored.canonicalBytes)
    }
}
