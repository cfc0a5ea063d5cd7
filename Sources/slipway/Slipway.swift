import ArgumentParser

@main
struct Slipway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slipway",
        abstract: "Takes an application from local and mock providers to production ones, and proves each step.",
        version: "0.1.0",
        subcommands: [
            DemoCommand.self, ServeCommand.self, CutoverCommand.self, EvidenceCommand.self, OperationCommand.self,
            JourneyCommand.self, BoardCommand.self, DecisionCommand.self, ReleaseCommand.self,
            RunsCommand.self, ScheduleCommand.self, ProviderCommand.self, ConnectionCommand.self, RestoreCommand.self,
            KeyCommand.self, LabCommand.self, TenantCommand.self, MemberCommand.self, TokenCommand.self,
            AuditCommand.self, ScenarioCommand.self, OpenAPICommand.self, LoginCommand.self, LogoutCommand.self,
            WhoAmICommand.self, APICommand.self,
        ])
}
