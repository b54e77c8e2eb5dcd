// {{ generated | comment("") }}
{{ regenerate | comment("// ") }}
{% for source in sources %}
{{ (source.file ~ " " ~ (source.url or "") ~ " " ~ (source.edition or "")) | comment("// ") }}
{% endfor %}

{{ t("labelled", label="Package " ~ package, value=title) | comment("// ") }}
package {{ package | name }}

import (
	"strings"
	"unicode"
)

{{ t("labelled", label="Name", value=t("export_name")) | comment("// ") }}
type Name string

{{ t("labelled", label="Error", value=t("export_go_error")) | comment("// ") }}
func (name Name) Error() string {
	return string(name)
}

{{ t("labelled", label=t("catalog"), value=title) | comment("// ") }}
const (
{% for error in errors %}
{% for line in error.doc %}
{{ (t("labelled", label=error.ident, value=line) if loop.first else line) | comment("\t// ") }}
{% if not loop.last %}
	//
{% endif %}
{% endfor %}
	{{ error.ident | name }} Name = {{ error.name | literal }}
{% if not loop.last %}

{% endif %}
{% endfor %}
)

{{ t("labelled", label="Part", value=t("export_part")) | comment("// ") }}
type Part struct {
	Text string
	Hole string
}

{{ t("labelled", label="Retry", value=t("export_retry")) | comment("// ") }}
type Retry struct {
	Advice string
	By     string
}

{{ t("labelled", label="Info", value=t("export_go_info")) | comment("// ") }}
type Info struct {
	Name    Name
	Key     string
	HasCode bool
	Code    int64

	HTTPStatus int

	{{ t("labelled", label="HTTPStatusClass", value=t("export_class")) | comment("// ") }}
	HTTPStatusClass int

	Type    string
	Message []Part
	Group   string
	Retry   *Retry

	{{ t("labelled", label="Summary", value=t("export_summary")) | comment("// ") }}
	Summary map[string]string
}

var infos = []Info{
{% for error in errors %}
	{Name: {{ error.ident | name }}, Key: {{ error.key | literal }}
	{%- if error.code is not none %}, HasCode: true, Code: {{ error.code | literal }}{% endif %}
	{%- if error.http_status is not none %}, HTTPStatus: {{ error.http_status | literal }}{% endif %}
	{%- if error.http_status_class is not none %}, HTTPStatusClass: {{ error.http_status_class | literal }}{% endif %}
	{%- if error.error is not none %}, Type: {{ error.error | literal }}{% endif %}
	{%- if error.message is not none %}, Message: []Part{ {%- for part in error.message %}{% if not loop.first %}, {% endif %}{% if part.hole is none %}{Text: {{ part.text | literal }}}{% else %}{Hole: {{ part.hole | literal }}}{% endif %}{% endfor %}}{% endif -%}
	, Group: {{ error.group | literal }}
	{%- if error.retry is not none %}, Retry: &Retry{Advice: {{ error.retry.advice | literal }}, By: {{ error.retry.by | literal }}}{% endif -%}
	, Summary: map[string]string{ {%- for locale, text in error.summary | items if text.state == "current" %}{% if not loop.first %}, {% endif %}{{ locale | literal }}: {{ text.plain | literal }}{% endfor %}}},
{% endfor %}
}

{{ t("labelled", label="All", value=t("export_all")) | comment("// ") }}
func All() []Info {
	return append([]Info(nil), infos...)
}

{{ t("labelled", label="Lookup", value=t("export_from_code")) | comment("// ") }}
func Lookup(code int64) (Info, bool) {
	return only(filter(infos, func(info Info) bool { return info.HasCode && info.Code == code }))
}

{{ t("labelled", label="LookupName", value=t("export_from_name")) | comment("// ") }}
func LookupName(name Name) (Info, bool) {
	return only(filter(infos, func(info Info) bool { return info.Name == name }))
}

{{ t("labelled", label="Response", value=t("export_response")) | comment("// ") }}
type Response struct {
	Code    *int64
	Status  int
	Type    string
	Message string
}

{{ t("labelled", label="Recognize", value=t("export_from_response")) | comment("// ") }}
func Recognize(response Response) (Info, bool) {
	for _, find := range []func(Response) (Info, bool){byCode, byMessage, byType, byStatus} {
		if info, ok := find(response); ok {
			return info, true
		}
	}
	return Info{}, false
}

{{ t("labelled", label="LookupMessage", value=t("export_from_message")) | comment("// ") }}
func LookupMessage(message string) (Info, bool) {
	return byMessage(Response{Message: message})
}

{{ t("labelled", label="Capture", value=t("export_capture")) | comment("// ") }}
func (info Info) Capture(message string) (map[string]string, bool) {
	text := clean(message)
	return info.capture(text, lower(text))
}

func (info Info) capture(text, folded string) (map[string]string, bool) {
	if info.Message == nil {
		return nil, false
	}
	holes := map[string]string{}
	open := ""
	at := 0
	for i, part := range info.Message {
		if part.Hole != "" {
			open = part.Hole
			continue
		}
		isLast := i == len(info.Message)-1
		literal := lower(spaced(part.Text))
		if i == 0 {
			literal = strings.TrimLeft(literal, " ")
		}
		if isLast {
			literal = strings.TrimRight(literal, " .。")
		}
		if open == "" {
			if !strings.HasPrefix(folded[at:], literal) {
				return nil, false
			}
			at += len(literal)
			continue
		}
		start := len(folded) - len(literal)
		if !isLast {
			if at+1 > len(folded) {
				return nil, false
			}
			start = at + 1 + strings.Index(folded[at+1:], literal)
		}
		if start <= at || !strings.HasPrefix(folded[start:], literal) {
			return nil, false
		}
		value := strings.TrimSpace(text[at:start])
		if value == "" {
			return nil, false
		}
		holes[open] = value
		open = ""
		at = start + len(literal)
	}
	if open != "" {
		value := strings.TrimSpace(text[at:])
		holes[open] = value
		return holes, value != ""
	}
	return holes, at == len(folded)
}

func filter(infos []Info, keep func(Info) bool) []Info {
	var kept []Info
	for _, info := range infos {
		if keep(info) {
			kept = append(kept, info)
		}
	}
	return kept
}

func only(found []Info) (Info, bool) {
	if len(found) == 1 {
		return found[0], true
	}
	return Info{}, false
}

func byCode(response Response) (Info, bool) {
	if response.Code == nil {
		return Info{}, false
	}
	found := filter(infos, func(info Info) bool { return info.HasCode && info.Code == *response.Code })
	if info, ok := only(found); ok {
		return info, true
	}
	return only(filter(found, response.agrees))
}

func byMessage(response Response) (Info, bool) {
	text := clean(response.Message)
	folded := lower(text)
	fitting := filter(infos, func(info Info) bool { _, ok := info.capture(text, folded); return ok })
	most := 0
	for _, info := range fitting {
		if weight := info.weight(); weight > most {
			most = weight
		}
	}
	found := filter(fitting, func(info Info) bool { return info.weight() == most })
	if info, ok := only(found); ok {
		return info, true
	}
	for _, fits := range []func(Info) bool{response.agrees, response.isOfType, response.isOfStatus} {
		if info, ok := only(filter(found, fits)); ok {
			return info, true
		}
	}
	return Info{}, false
}

func byType(response Response) (Info, bool) {
	found := filter(infos, response.isOfType)
	if info, ok := only(filter(found, func(info Info) bool { return info.Message == nil })); ok {
		return info, true
	}
	if info, ok := only(filter(found, response.agrees)); ok {
		return info, true
	}
	return only(found)
}

func byStatus(response Response) (Info, bool) {
	if response.Status == 0 {
		return Info{}, false
	}
	exact := filter(infos, func(info Info) bool { return info.HTTPStatus == response.Status })
	class := filter(infos, func(info Info) bool { return info.HTTPStatusClass == response.Status/100 })
	bare := func(info Info) bool { return !info.HasCode && info.Type == "" && info.Message == nil }
	for _, found := range [][]Info{filter(exact, bare), exact, filter(class, bare), class} {
		if info, ok := only(found); ok {
			return info, true
		}
	}
	return Info{}, false
}

func (response Response) isOfType(info Info) bool {
	return info.Type != "" && lower(clean(info.Type)) == lower(clean(response.Type))
}

func (response Response) isOfStatus(info Info) bool {
	if info.HTTPStatus != 0 {
		return info.HTTPStatus == response.Status
	}
	return info.HTTPStatusClass != 0 && info.HTTPStatusClass == response.Status/100
}

func (response Response) agrees(info Info) bool {
	hasStatus := info.HTTPStatus != 0 || info.HTTPStatusClass != 0
	return (info.Type == "" || response.isOfType(info)) && (!hasStatus || response.isOfStatus(info))
}

func (info Info) weight() int {
	weight := 0
	hasHole := false
	for _, part := range info.Message {
		weight += len(part.Text)
		hasHole = hasHole || part.Hole != ""
	}
	if hasHole {
		return weight
	}
	return int(^uint(0) >> 1)
}

func spaced(text string) string {
	var out strings.Builder
	isSpace := false
	for _, r := range text {
		wasSpace := isSpace
		isSpace = unicode.IsSpace(r)
		if isSpace && !wasSpace {
			out.WriteByte(' ')
		} else if !isSpace {
			out.WriteRune(r)
		}
	}
	return out.String()
}

func clean(text string) string {
	return strings.TrimRight(strings.TrimLeft(spaced(text), " "), " .。")
}

func lower(text string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
}
