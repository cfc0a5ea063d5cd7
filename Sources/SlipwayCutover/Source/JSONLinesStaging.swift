package struct JSONLinesStaging {
    let folder: String
    let into: String
    package init(folder: String, into: String) { self.folder = folder; self.into = into }
    package func databasePath() throws -> String { folder }
}
