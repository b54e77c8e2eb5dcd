package check.PACKAGE

import imerrors.CLASS
import java.io.File

private fun tell(text: String): String = text.toByteArray().joinToString("") { "%02x".format(it) }

private fun text(field: String): String? =
    if (field == "-") null else String(field.chunked(2).map { it.toInt(16).toByte() }.toByteArray())

private fun pairs(values: Map<String, String>): List<String> = values.map { it.key + "=" + tell(it.value) }.sorted()

fun main(arguments: Array<String>) {
    for (line in File(arguments[0]).readLines()) {
        val (code, status, error, message) = line.split("\t")
        val said = text(message)
        val found = CLASS.fromResponse(code.toLongOrNull(), status.toIntOrNull(), text(error), said)
        val holes = found?.capture(said ?: "") ?: emptyMap()
        println((listOf(found?.name ?: "-") + pairs(holes)).joinToString("\t"))
    }
    for (error in CLASS.values()) {
        val code = error.code?.let { CLASS.fromCode(it)?.name ?: "several" } ?: "-"
        val message = error.message?.joinToString("") { if (it.second) "{" + it.first + "}" else tell(it.first) } ?: "-"
        val fields = listOf(
            error.name, tell(error.key), code, "${error.httpStatus ?: "-"}", "${error.httpStatusClass ?: "-"}",
            error.error?.let { tell(it) } ?: "-", message, tell(error.group), error.retryAdvice ?: "-", error.retryBy ?: "-"
        )
        println((fields + pairs(error.summary)).joinToString("\t"))
    }
}
