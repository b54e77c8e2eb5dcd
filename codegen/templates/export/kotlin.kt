// {{ generated | comment("") }}
{{ regenerate | comment("// ") }}
{% for source in sources %}
{{ (source.file ~ " " ~ (source.url or "") ~ " " ~ (source.edition or "")) | comment("// ") }}
{% endfor %}

package imerrors

/**
{{ title | comment(" * ") }}
 *
{{ t("export_part") | comment(" * ") }}
 */
enum class {{ type_name | name }}(
    val key: kotlin.String,
    val code: kotlin.Long?,
    val httpStatus: kotlin.Int?,
    /** {{ t("export_class") | comment("") }} */
    val httpStatusClass: kotlin.Int?,
    val error: kotlin.String?,
    /** {{ t("export_pairs") | comment("") }} */
    val message: kotlin.collections.List<kotlin.Pair<kotlin.String, kotlin.Boolean>>?,
    val group: kotlin.String,
    val retryAdvice: kotlin.String?,
    val retryBy: kotlin.String?,
    /** {{ t("export_summary") | comment("") }} */
    val summary: kotlin.collections.Map<kotlin.String, kotlin.String>
) {
{% for error in errors %}
    /**
{% for line in error.doc %}
{{ line | comment("     * ") }}
{% endfor %}
     */
    {{ error.ident | name }}(
        {{ error.key | literal }},
        {{ error.code | literal }},
        {{ error.http_status | literal }},
        {{ error.http_status_class | literal }},
        {{ error.error | literal }},
{% if error.message is none %}
        null,
{% else %}
        listOf(
{% for part in error.message %}
            {%+ if part.hole is none %}{{ part.text | literal }} to false{% else %}{{ part.hole | literal }} to true{% endif %}{% if not loop.last %},{% endif %}

{% endfor %}
        ),
{% endif %}
        {{ error.group | literal }},
        {%+ if error.retry is none %}null, null{% else %}{{ error.retry.advice | literal }}, {{ error.retry.by | literal }}{% endif %},
        mapOf<kotlin.String, kotlin.String>(
{% for locale, text in error.summary | items if text.state == "current" %}
            {{ locale | literal }} to {{ text.plain | literal }}{% if not loop.last %},{% endif %}

{% endfor %}
        )
    ){% if loop.last %};{% else %},{% endif %}

{% else %}
    ;
{% endfor %}

    /** {{ t("export_capture") | comment("") }} */
    fun capture(message: kotlin.String): kotlin.collections.Map<kotlin.String, kotlin.String>? {
        val text = clean(message)
        return captureClean(text, lower(text))
    }

    private fun captureClean(
        text: kotlin.String,
        folded: kotlin.String
    ): kotlin.collections.Map<kotlin.String, kotlin.String>? {
        val parts = message ?: return null
        val holes = LinkedHashMap<kotlin.String, kotlin.String>()
        var open: kotlin.String? = null
        var at = 0
        for ((i, part) in parts.withIndex()) {
            if (part.second) {
                open = part.first
                continue
            }
            val isLast = i == parts.size - 1
            val spaced = part.first.replace(SPACE, " ")
            val started = if (i == 0) spaced.trimStart(' ') else spaced
            val literal = lower(if (isLast) started.trimEnd(' ', '.', '\u3002') else started)
            val hole = open
            if (hole == null) {
                if (!folded.startsWith(literal, at)) return null
                at += literal.length
                continue
            }
            val start = if (isLast) folded.length - literal.length else folded.indexOf(literal, at + 1)
            if (start <= at || !folded.startsWith(literal, start)) return null
            val value = text.substring(at, start).trim(' ')
            if (value == "") return null
            holes[hole] = value
            open = null
            at = start + literal.length
        }
        val hole = open
        if (hole != null) {
            val value = text.substring(at).trim(' ')
            if (value == "") return null
            holes[hole] = value
        } else if (at != folded.length) {
            return null
        }
        return holes
    }

    private fun typeAgrees(found: kotlin.String?): kotlin.Boolean? =
        error?.let { lower(clean(it)) == lower(clean(found ?: "")) }

    private fun statusAgrees(found: kotlin.Int?): kotlin.Boolean? = when {
        httpStatus != null -> httpStatus == found
        httpStatusClass != null -> httpStatusClass == (found ?: 0) / 100
        else -> null
    }

    private fun agrees(status: kotlin.Int?, error: kotlin.String?): kotlin.Boolean =
        typeAgrees(error) != false && statusAgrees(status) != false

    private fun weight(): kotlin.Int {
        val parts = message ?: return 0
        return if (parts.any { it.second }) parts.filter { !it.second }.map { it.first.length }.sum() else kotlin.Int.MAX_VALUE
    }

    companion object {
        private val SPACE = kotlin.text.Regex("[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+")

        /** {{ t("export_from_code") | comment("") }} */
        @JvmStatic
        fun fromCode(code: kotlin.Long): {{ type_name | name }}? = values().filter { it.code == code }.singleOrNull()

        /** {{ t("export_from_message") | comment("") }} */
        @JvmStatic
        fun fromMessage(message: kotlin.String): {{ type_name | name }}? = byMessage(null, null, message)

        /** {{ t("export_from_response") | comment("") }} */
        @JvmStatic
        fun fromResponse(
            code: kotlin.Long?,
            status: kotlin.Int?,
            error: kotlin.String?,
            message: kotlin.String?
        ): {{ type_name | name }}? =
            byCode(code, status, error) ?: byMessage(status, error, message) ?: byType(status, error) ?: byStatus(status)

        private fun byCode(code: kotlin.Long?, status: kotlin.Int?, error: kotlin.String?): {{ type_name | name }}? {
            val found = values().filter { code != null && it.code == code }
            return found.singleOrNull() ?: found.filter { it.agrees(status, error) }.singleOrNull()
        }

        private fun byMessage(status: kotlin.Int?, error: kotlin.String?, message: kotlin.String?): {{ type_name | name }}? {
            if (message == null) return null
            val text = clean(message)
            val folded = lower(text)
            val fitting = values().filter { it.captureClean(text, folded) != null }
            val most = fitting.map { it.weight() }.fold(0) { a, b -> maxOf(a, b) }
            val found = fitting.filter { it.weight() == most }
            return found.singleOrNull()
                ?: found.filter { it.agrees(status, error) }.singleOrNull()
                ?: found.filter { it.typeAgrees(error) == true }.singleOrNull()
                ?: found.filter { it.statusAgrees(status) == true }.singleOrNull()
        }

        private fun byType(status: kotlin.Int?, error: kotlin.String?): {{ type_name | name }}? {
            if (error.isNullOrBlank()) return null
            val found = values().filter { it.typeAgrees(error) == true }
            return found.filter { it.message == null }.singleOrNull()
                ?: found.filter { it.statusAgrees(status) != false }.singleOrNull()
                ?: found.singleOrNull()
        }

        private fun byStatus(status: kotlin.Int?): {{ type_name | name }}? {
            if (status == null) return null
            return pick(values().filter { it.httpStatus == status })
                ?: pick(values().filter { it.httpStatusClass == status / 100 })
        }

        private fun pick(found: kotlin.collections.List<{{ type_name | name }}>): {{ type_name | name }}? =
            found.filter { it.code == null && it.error == null && it.message == null }.singleOrNull()
                ?: found.singleOrNull()

        private fun clean(text: kotlin.String): kotlin.String = text.replace(SPACE, " ").trimStart(' ').trimEnd(' ', '.', '\u3002')

        private fun lower(text: kotlin.String): kotlin.String =
            text.map { if (it in 'A'..'Z') it + 32 else it }.joinToString("")
    }
}
