import Crypto
import CryptoExtras

/// The key under which the application kept its secrets, and the envelope it kept them in: base64 of a JSON object with
/// `iv`, `value` and `mac`, AES-256-CBC with an HMAC-SHA256 over both texts, or AES-256-GCM with a `tag` in the mac's
/// place. Laravel's encrypter writes these.
package struct LegacyKey: Sendable {
    private let key: SymmetricKey

    /// From the text of its configuration: `base64:` and 32 bytes. Nil for anything else.
    package init?(_ text: String) {
        let prefix = "base64:"
        guard text.hasPrefix(prefix), let bytes = Base64.bytes(String(text.dropFirst(prefix.count))), bytes.count == 32
        else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// Nil for what is not such an envelope, was changed, or is under another key.
    package func opened(_ text: String) -> SecretBytes? {
        guard let outer = Base64.bytes(text), let json = try? JSONValue(parsing: outer),
            let ivText = json["iv"]?.stringValue, let valueText = json["value"]?.stringValue,
            let iv = Base64.bytes(ivText), let value = Base64.bytes(valueText)
        else { return nil }
        if let tag = json["tag"]?.stringValue, !tag.isEmpty { return openedGCM(value, iv, tag) }
        guard let mac = json["mac"]?.stringValue.flatMap({ Hex.bytes($0) }),
            HMAC<SHA256>.isValidAuthenticationCode(mac, authenticating: Array((ivText + valueText).utf8), using: key),
            let vector = try? AES._CBC.IV(ivBytes: iv),
            let opened = try? AES._CBC.decrypt(value, using: key, iv: vector)
        else { return nil }
        return SecretBytes(Array(opened))
    }

    private func openedGCM(_ value: [UInt8], _ iv: [UInt8], _ tag: String) -> SecretBytes? {
        guard let tag = Base64.bytes(tag), let nonce = try? AES.GCM.Nonce(data: iv),
            let box = try? AES.GCM.SealedBox(nonce: nonce, ciphertext: value, tag: tag),
            let opened = try? AES.GCM.open(box, using: key)
        else { return nil }
        return SecretBytes(Array(opened))
    }
}
