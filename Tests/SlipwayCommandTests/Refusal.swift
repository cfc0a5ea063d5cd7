import Testing

/// A command that could not do what was asked: its status, and one line with these words in it.
func expect(
    _ outcome: Tool.Outcome, _ status: Int32, _ words: String..., at: SourceLocation = #_sourceLocation
) {
    #expect(outcome.status == status, "\(outcome)", sourceLocation: at)
    #expect(outcome.message.split(separator: "\n").count == 1, "\(outcome)", sourceLocation: at)
    for word in words { #expect(outcome.message.contains(word), "\(outcome)", sourceLocation: at) }
}
