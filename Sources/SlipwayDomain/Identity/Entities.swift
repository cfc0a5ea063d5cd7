/// What an id can be of. These types are only names: no value of them exists.
package enum Workspace {}
package enum Tenant {}
package enum ProviderConnection {}
package enum OperationRun {}
package enum Worker {}
package enum OnboardingSession {}
package enum APIToken {}
package enum AccessEntry {}
package enum Restore {}
