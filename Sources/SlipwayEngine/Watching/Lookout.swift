package import SlipwayDomain
package import SlipwayStore

/// Tells which workers are gone, from what one process saw of the roll and its own steady clock.
///
/// No clock of another machine is believed: a worker is gone when its beats have not moved for a whole lease of
/// ours, or at once when it is a process of this machine that is not there any more. For as long as we could not look
/// ourselves, as when the database was away for all, beats that stand still say nothing.
package struct Lookout: Sendable {
    private struct Sighting {
        var beats: Int64
        var since: SteadyInstant
    }

    private let leaseMilliseconds: Int
    private var sightings: [ID<Worker>: Sighting] = [:]
    private var lastLook: SteadyInstant?

    package init(leaseMilliseconds: Int) {
        self.leaseMilliseconds = leaseMilliseconds
    }

    /// The workers of the roll that are gone now. `lives` says of a worker whether its process is there, nil when
    /// it is on another machine.
    package mutating func gone(
        among roll: [WorkerRecord], at now: SteadyInstant, lives: (WorkerRecord) -> Bool?
    ) -> [ID<Worker>] {
        if let lastLook, lastLook.advanced(milliseconds: leaseMilliseconds) <= now { sightings = [:] }
        lastLook = now
        var next: [ID<Worker>: Sighting] = [:]
        var gone: [ID<Worker>] = []
        for worker in roll {
            let last = sightings[worker.id]
            let sighting =
                last.flatMap { $0.beats == worker.beats ? $0 : nil }
                ?? Sighting(beats: worker.beats, since: now)
            next[worker.id] = sighting
            let isLate = sighting.since.advanced(milliseconds: leaseMilliseconds) <= now
            if isLate || lives(worker) == false { gone.append(worker.id) }
        }
        sightings = next
        return gone
    }
}
