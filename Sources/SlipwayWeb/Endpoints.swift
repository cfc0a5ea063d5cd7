import SlipwayDomain

extension Endpoint {
    /// Every route there is.
    package static func all(_ services: Services) -> [Endpoint] {
        let routes =
            signIn(services) + starts(services) + runs(services) + scenario(services) + journeys(services)
            + decisions(services) + evidence(services) + contract(services) + pages(services)
        return routes + [document(of: routes)]
    }

    private static func document(of routes: [Endpoint]) -> Endpoint {
        let json = OpenAPIDocument.json(of: routes)
        return Endpoint(
            method: .get, path: "/openapi.json", name: "openapi", summary: "This document.", access: .anyone,
            answers: [Answer(200, "The document.", ["application/json": Schemas.anyObject])]
        ) { _ in .json(json) }
    }
}
