// {{ generated | comment("") }}
{{ regenerate | comment("// ") }}
{% for source in sources %}
{{ (source.file ~ " " ~ (source.url or "") ~ " " ~ (source.edition or "")) | comment("// ") }}
{% endfor %}

{{ title | comment("/// ") }}
public enum {{ type_name | name }}: String, CaseIterable, Sendable {
{% for error in errors %}
{% for line in error.doc %}
{{ line | comment("    /// ") }}
{% if not loop.last %}
    ///
{% endif %}
{% endfor %}
    case {{ error.ident | name }} = {{ error.name | literal }}

{% endfor %}
{{ t("export_from_code") | comment("    /// ") }}
    public init?(code: Int64) {
        guard let found = {{ (type_name ~ "Matching") | name }}.only(Self.allCases.filter { $0.info.code == code }) else {
            return nil
        }
        self = found
    }

{{ t("export_from_message") | comment("    /// ") }}
    public init?(message: String) {
        guard let found = {{ (type_name ~ "Matching") | name }}(code: nil, status: nil, error: nil, message: message).byMessage else {
            return nil
        }
        self = found
    }

{{ t("export_from_response") | comment("    /// ") }}
    public init?(code: Int64?, status: Int?, error: String?, message: String?) {
        let response = {{ (type_name ~ "Matching") | name }}(code: code, status: status, error: error, message: message)
        guard let found = response.byCode ?? response.byMessage ?? response.byType ?? response.byStatus else {
            return nil
        }
        self = found
    }

{{ t("export_capture") | comment("    /// ") }}
    public func capture(_ message: String) -> [String: String]? {
        guard let parts = info.message else { return nil }
        return {{ (type_name ~ "Matching") | name }}.capture(parts, message)
    }

{{ t("export_info") | comment("    /// ") }}
    public var info: {{ (type_name ~ "Info") | name }} {
        switch self {
{% for error in errors %}
        case .{{ error.ident | name }}:
            return {{ (type_name ~ "Info") | name }}(
                key: {{ error.key | literal }},
                code: {{ error.code | literal }},
                httpStatus: {{ error.http_status | literal }},
                httpStatusClass: {{ error.http_status_class | literal }},
                error: {{ error.error | literal }},
{% if error.message is none %}
                message: nil,
{% else %}
                message: [
{% for part in error.message %}
                    {{ (type_name ~ "Part") | name }}(text: {{ part.text | literal }}, hole: {{ part.hole | literal }}),
{% endfor %}
                ],
{% endif %}
                group: {{ error.group | literal }},
{% if error.retry is none %}
                retryAdvice: nil,
                retryBy: nil,
{% else %}
                retryAdvice: {{ error.retry.advice | literal }},
                retryBy: {{ error.retry.by | literal }},
{% endif %}
                summary: [
{% for locale, text in error.summary | items if text.state == "current" %}
                    {{ locale | literal }}: {{ text.plain | literal }},
{% else %}
                    :
{% endfor %}
                ]
            )
{% endfor %}
        }
    }
}

{{ t("export_part") | comment("/// ") }}
public struct {{ (type_name ~ "Part") | name }}: Sendable {
    public let text: String?
    public let hole: String?
}

{{ t("export_info") | comment("/// ") }}
public struct {{ (type_name ~ "Info") | name }}: Sendable {
    public let key: String
    public let code: Int64?
    public let httpStatus: Int?
{{ t("export_class") | comment("    /// ") }}
    public let httpStatusClass: Int?
    public let error: String?
    public let message: [{{ (type_name ~ "Part") | name }}]?
    public let group: String
    public let retryAdvice: String?
    public let retryBy: String?
{{ t("export_summary") | comment("    /// ") }}
    public let summary: [String: String]
}

private struct {{ (type_name ~ "Matching") | name }} {
    typealias Found = {{ type_name | name }}

    let code: Int64?
    let status: Int?
    let error: String?
    let message: String?

    static func only(_ found: [Found]) -> Found? {
        return found.count == 1 ? found.first : nil
    }

    var byCode: Found? {
        guard let code = code else { return nil }
        let found = Found.allCases.filter { $0.info.code == code }
        return Self.only(found) ?? Self.only(found.filter { agrees($0) })
    }

    var byMessage: Found? {
        guard let message = message else { return nil }
        let fitting = Found.allCases.filter { $0.capture(message) != nil }
        guard let most = fitting.map({ Self.weight($0) }).max() else { return nil }
        let found = fitting.filter { Self.weight($0) == most }
        return Self.only(found)
            ?? Self.only(found.filter { agrees($0) })
            ?? Self.only(found.filter { typeAgrees($0) == true })
            ?? Self.only(found.filter { statusAgrees($0) == true })
    }

    var byType: Found? {
        let found = Found.allCases.filter { typeAgrees($0) == true }
        return Self.only(found.filter { $0.info.message == nil })
            ?? Self.only(found.filter { statusAgrees($0) != false })
            ?? Self.only(found)
    }

    var byStatus: Found? {
        guard let status = status else { return nil }
        let exact = Found.allCases.filter { $0.info.httpStatus == status }
        let inClass = Found.allCases.filter { $0.info.httpStatusClass == status / 100 }
        return Self.only(exact.filter { Self.isBare($0) }) ?? Self.only(exact)
            ?? Self.only(inClass.filter { Self.isBare($0) }) ?? Self.only(inClass)
    }

    func agrees(_ found: Found) -> Bool {
        return typeAgrees(found) != false && statusAgrees(found) != false
    }

    func typeAgrees(_ found: Found) -> Bool? {
        guard let documented = found.info.error else { return nil }
        guard let error = error else { return false }
        return Self.fold(error, isStart: true, isEnd: true) == Self.fold(documented, isStart: true, isEnd: true)
    }

    func statusAgrees(_ found: Found) -> Bool? {
        if let documented = found.info.httpStatus { return documented == status }
        guard let documented = found.info.httpStatusClass else { return nil }
        return documented == (status ?? 0) / 100
    }

    static func isBare(_ found: Found) -> Bool {
        return found.info.code == nil && found.info.error == nil && found.info.message == nil
    }

    static func weight(_ found: Found) -> Int {
        let parts = found.info.message ?? []
        if !parts.contains(where: { $0.hole != nil }) { return Int.max }
        return parts.reduce(0) { $0 + ($1.text ?? "").count }
    }

    static func capture(_ parts: [{{ (type_name ~ "Part") | name }}], _ message: String) -> [String: String]? {
        let text = spaced(message, isStart: true, isEnd: true)
        let folded = text.map { lower($0) }
        var holes: [String: String] = [:]
        var open: String?
        var at = 0
        for (index, part) in parts.enumerated() {
            guard let partText = part.text else {
                open = part.hole
                continue
            }
            let isLast = index == parts.count - 1
            let literal = fold(partText, isStart: index == 0, isEnd: isLast)
            guard let hole = open else {
                if !starts(folded, with: literal, at: at) { return nil }
                at += literal.count
                continue
            }
            var start = isLast ? folded.count - literal.count : at + 1
            while !isLast && start + literal.count <= folded.count && !starts(folded, with: literal, at: start) {
                start += 1
            }
            if start <= at || !starts(folded, with: literal, at: start) { return nil }
            let value = trimmed(text[at..<start])
            if value.isEmpty { return nil }
            holes[hole] = value
            open = nil
            at = start + literal.count
        }
        guard let hole = open else { return at == folded.count ? holes : nil }
        let value = trimmed(text[at...])
        if value.isEmpty { return nil }
        holes[hole] = value
        return holes
    }

    static func starts(_ text: [Character], with literal: [Character], at: Int) -> Bool {
        if at < 0 || at + literal.count > text.count { return false }
        return text[at..<(at + literal.count)].elementsEqual(literal)
    }

    static func trimmed(_ text: ArraySlice<Character>) -> String {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    static func fold(_ text: String, isStart: Bool, isEnd: Bool) -> [Character] {
        return spaced(text, isStart: isStart, isEnd: isEnd).map { lower($0) }
    }

    static func spaced(_ text: String, isStart: Bool, isEnd: Bool) -> [Character] {
        var out: [Character] = []
        for character in text {
            if !character.isWhitespace {
                out.append(character)
            } else if out.last != " " {
                out.append(" ")
            }
        }
        if isStart && out.first == " " { out.removeFirst() }
        while isEnd, let last = out.last, last == " " || last == "." || last == "\u{3002}" { out.removeLast() }
        return out
    }

    static func lower(_ character: Character) -> Character {
        return character >= "A" && character <= "Z" && character.isASCII ? Character(character.lowercased()) : character
    }
}
