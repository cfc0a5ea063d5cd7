import Glibc
import SlipwayDomain

/// The system's own time.
struct SystemClock: WallClock, SteadyClock {
    func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// The kernel's clock since boot, which goes on in suspend.
    func reading() -> SteadyInstant {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return SteadyInstant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
