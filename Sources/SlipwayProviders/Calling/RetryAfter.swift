import SlipwayDomain

/// The pause a provider asks for with `Retry-After`: seconds, or a date, which is held against the answer's own `Date`.
enum RetryAfter {
    /// Nil when it asks for none, or in a way that cannot be read.
    static func milliseconds(_ response: ProviderResponse) -> Int? {
        guard let text = response.header("Retry-After") else { return nil }
        if let seconds = Int(text) { return (0...86_400).contains(seconds) ? seconds * 1000 : nil }
        guard let until = seconds(text), let now = response.header("Date").flatMap(seconds) else { return nil }
        return until >= now && until - now <= 86_400 ? (until - now) * 1000 : nil
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `Sat, 21 Nov 2026 07:52:38 GMT` in seconds since 1970; nil for any other form.
    private static func seconds(_ text: String) -> Int? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])),
            let day = Int(words[1]), let year = Int(words[3]),
            let days = CivilDate.days(year: year, month: month + 1, day: day)
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2]) else {
            return nil
        }
        return days * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
    }
}
