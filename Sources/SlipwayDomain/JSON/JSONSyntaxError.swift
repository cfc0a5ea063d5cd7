/// A text that is not JSON: where it stops being it, and why.
package struct JSONSyntaxError: Error, Hashable, CustomStringConvertible {
    package let offset: Int
    package let reason: String

    package var description: String { "not JSON at byte \(offset): \(reason)" }
}
