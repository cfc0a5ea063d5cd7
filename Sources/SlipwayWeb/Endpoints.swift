import SlipwayDomain

extension Endpoint {
    /// Every route there is.
    package static func all(_ services: Services) -> [Endpoint] {
        starts(services) + runs(services) + pages(services)
    }
}
