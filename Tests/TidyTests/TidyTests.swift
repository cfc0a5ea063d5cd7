import Testing

/// The style of the house, as far as a machine can check it.
@Suite struct TidyTests {
    @Test(arguments: Rule.all)
    func `the package keeps the rule`(_ rule: Rule) {
        for violation in rule.violations(SourceTree.package) {
            Issue.record("\(violation)")
        }
    }

    @Test func `the package is found, and its sources with it`() {
        let paths = SourceTree.package.paths
        #expect(paths.contains("Package.swift"))
        #expect(paths.contains("Sources/SlipwayDomain"))
        #expect(paths.contains("Tests/TidyTests/TidyTests.swift"))
    }

    @Test func `every target has a row in the table of imports`() {
        let targets = Set(SourceTree.package.swiftFiles.compactMap(\.target))
        #expect(targets.subtracting(ImportTable.allowed.keys).isEmpty)
    }
}
