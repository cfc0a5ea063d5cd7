package import SlipwayDomain

/// The API's document, made from its routes.
package enum OpenAPIDocument {
    package static func json(of endpoints: [Endpoint]) -> JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        for endpoint in endpoints {
            paths[endpoint.path, default: [:]][endpoint.method.rawValue.lowercased()] = operation(endpoint)
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Slipway", "version": "0.1.0",
                "description": "Every provider-backed action starts through one gate and becomes one run.",
            ],
            "paths": .object(paths.mapValues(JSONValue.object)),
            "components": [
                "schemas": .object(
                    [Schemas.contractNamed, Schemas.scenarioNamed, Schemas.journeyNamed, Schemas.evidenceNamed].reduce(
                        Schemas.named
                    ) {
                        $0.merging($1, uniquingKeysWith: { $1 })
                    }),
                "securitySchemes": [
                    "bearer": ["type": "http", "scheme": "bearer"],
                    "mockActor": ["type": "apiKey", "in": "header", "name": "X-Slipway-Actor"],
                ],
            ],
        ]
    }

    private static func operation(_ endpoint: Endpoint) -> JSONValue {
        var json: [String: JSONValue] = [
            "operationId": .string(endpoint.name), "summary": .string(endpoint.summary),
            "parameters": .array(endpoint.parameters.map(parameter)),
            "responses": .object(
                Dictionary(
                    (Endpoint.Answer.common(to: endpoint) + endpoint.answers).map { ("\($0.status)", answer($0)) },
                    uniquingKeysWith: { $1 })),
            "security": endpoint.needsActor ? [["mockActor": []], ["bearer": []]] : [],
        ]
        json["x-slipway-access"] = .string(endpoint.access.words)
        if let body = endpoint.body {
            json["requestBody"] = [
                "required": .bool(endpoint.isBodyRequired),
                "content": [
                    (endpoint.takesForm ? "application/x-www-form-urlencoded" : "application/json"): ["schema": body]
                ],
            ]
        }
        return .object(json)
    }

    private static func parameter(_ parameter: Endpoint.Parameter) -> JSONValue {
        [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "required": .bool(parameter.place == .path), "schema": parameter.schema,
            "description": .string(parameter.text),
        ]
    }

    private static func answer(_ answer: Endpoint.Answer) -> JSONValue {
        var json: [String: JSONValue] = ["description": .string(answer.text)]
        if !answer.content.isEmpty {
            json["content"] = .object(answer.content.mapValues { ["schema": $0] })
        }
        return .object(json)
    }
}
