extension String {
    /// Whether both are the same bytes. `==` would also accept another spelling that Unicode calls equivalent, such as
    /// the Kelvin sign for the letter K.
    func isExactly(_ other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }
}
