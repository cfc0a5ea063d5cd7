/// A page, before it stands in the frame that all pages have until the console brings its own.
struct HTMLPage: Sendable {
    let title: String
    /// HTML, its texts escaped already.
    let body: String
    var head = ""

    /// The whole document; it says in which mode the server knows who is there.
    func document(mode: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>\(HTMLText.escaped(title)) · Slipway</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">\(head)</head>
        <body>
        <main>
        <h1>\(HTMLText.escaped(title))</h1>
        \(body)
        </main>
        <footer>Sign-in mode: \(HTMLText.escaped(mode))</footer>
        </body>
        </html>

        """
    }
}
