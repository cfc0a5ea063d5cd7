import SlipwayDomain

/// What to do about a reason or a problem: the pages that problems and next steps point to.
enum RunbookPages {
    /// A page's title and paragraphs, by its name in the address.
    static let all: [String: (title: String, text: String)] = {
        var pages: [String: (title: String, text: String)] = [
            "invalid_request": (
                "The request cannot be read",
                "The problem's detail names the field or the byte. The document at /openapi.json has every shape."
            ),
            "not_found": (
                "Not found",
                "There is nothing at the address, or it is not yours to see: the two are answered alike on purpose."
            ),
            "unauthenticated": (
                "Who are you?",
                "In mock-auth-header mode every request says who it is from in X-Slipway-Actor, and what they are in "
                    + "X-Slipway-Role unless they are a member. In every mode an API token says it: Authorization: Bearer."
            ),
            "sign_in_failed": (
                "The sign-in came to nothing",
                "The browser came back from the OpenID provider with something that does not hold, too late, or twice. Begin "
                    + "again at /auth/login. When it lasts, compare issuer, client and redirect URI with the provider's."
            ),
            "no_role": (
                "You have no role here",
                "The provider's claims give you no role by the mapping in the settings, and you are no member: whoever has "
                    + "member.manage runs `slipway member add` with your sub and the issuer."
            ),
            "forged": (
                "Not sent from here",
                "With a session, whatever changes something needs this server's Origin and the session's form token. "
                    + "Programs use Authorization: Bearer, which needs neither."
            ),
            "provider_unavailable": (
                "The OpenID provider cannot be asked now",
                "The detail says what failed. Nothing was decided about you: try again. When it lasts, look at the provider."
            ),
            "forbidden": (
                "Not yours to do",
                "You see this, and your role does not have the capability that the problem names. `slipway member list` "
                    + "shows the roles; whoever has member.manage can give you another. The refusal is in the access log."
            ),
            "wrong_host": (
                "Not by this name",
                "In mock-auth-header mode the server believes whoever calls, so it answers only to localhost and loopback "
                    + "addresses: a page under another name that leads to this machine must not be able to act."
            ),
            "method_not_allowed": ("Method not allowed", "The Allow header names the methods the address takes."),
            "not_acceptable": (
                "Not acceptable", "The problem's detail names the forms there are: ask for one in Accept."
            ),
            "scope_busy": (
                "Busy",
                "Another run holds what this one needs. The problem names it, since when and how far it is. "
                    + "Wait for it or cancel it, then start again; nothing was queued."
            ),
            "idempotency_key_reused": (
                "The key stands for another start",
                "An Idempotency-Key names one start and its answer, for a week at least. Send the same body under the same "
                    + "key, or a new key for a new start. Nothing was started now."
            ),
            "run_state": ("Not in this state", "The run is not where this can be done: read it, then decide."),
            "changed_meanwhile": (
                "Changed meanwhile",
                "Read it again, and send its new ETag, or the new digest of what you see, if you still want it."
            ),
            "not_yours": (
                "Somebody else's to decide",
                "The problem names the owner. They decide, or `slipway journey owner` gives it to somebody else, or "
                    + "`slipway journey delegate` lets another sign in their place. Drivers and clients sign nothing."
            ),
            "prepared_it": (
                "Not by who made it",
                "Who started the run that left the evidence does not accept it as well. Somebody whom the owner lets sign "
                    + "accepts it, or somebody else runs it again."
            ),
            "second_signature": (
                "Somebody else's signature is needed",
                "It takes two signatures, one of them the owner's, by people of two roles. The problem came because one of "
                    + "your role has signed already."
            ),
            "waits_for": (
                "Something comes first",
                "The problem names all of it in waitsFor. The board says who owes each, and what to do next."
            ),
            "decision_invalid": (
                "Not a decision that can be taken",
                "The detail says what is missing or too much. Read the decision first: it says which fields it takes, and "
                    + "whether it can be waived. Nothing was kept."
            ),
            "journey_unnamed": (
                "Which journey?", "There are several, and the problem names them: say one in the query as `journey`."
            ),
            "scenario_conflict": (
                "Another row is there",
                "A row of that id says something else, or nobody writes there but the store. The problem names the row and "
                    + "its version: read it, and update it with its ETag if it is to say what you sent. Nothing was stored."
            ),
            "scenario_snapshot": (
                "Not a snapshot that holds",
                "The detail says what is wrong with it. Export it again where it came from: nothing of it was taken in."
            ),
            "storage_unavailable": (
                "The database cannot take this now",
                "Nothing was changed. When it lasts, look whether the database runs, and whether its disk is full."
            ),
        ]
        for reason in ReasonCode.allCases { pages[reason.rawValue] = (reason.rawValue, reason.sentence) }
        return pages
    }()

    static func page(_ name: String) -> HTMLPage? {
        all[name].map { page in
            HTMLPage(title: page.title, body: "<p>\(HTMLText.escaped(page.text))</p>")
        }
    }
}
