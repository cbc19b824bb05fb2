package seal

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
)

// information is what a document says of itself: the same in its information dictionary and in its XMP.
type information struct {
	title, author, subject, keywords, program string
	made                                      time.Time
}

func utf16Text(s string) text {
	out := text{0xFE, 0xFF}
	for _, unit := range utf16.Encode([]rune(s)) {
		out = binary.BigEndian.AppendUint16(out, unit)
	}
	return out
}

// readText is a text string in UTF-16, or else taken as Latin letters.
func readText(o object) string {
	t, _ := resolved(o).(text)
	if !bytes.HasPrefix(t, []byte{0xFE, 0xFF}) {
		runes := make([]rune, len(t))
		for i, b := range t {
			runes[i] = rune(b)
		}
		return string(runes)
	}
	var units []uint16
	for t = t[2:]; len(t) > 1; t = t[2:] {
		units = append(units, binary.BigEndian.Uint16(t))
	}
	return string(utf16.Decode(units))
}

// dateLayout is a date of section 7.9.4, in UTC.
const dateLayout = "D:20060102150405Z"

func readInformation(info dict) information {
	made, _ := time.Parse(strings.TrimSuffix(dateLayout, "Z"), strings.TrimSuffix(readText(info["CreationDate"]), "Z"))
	return information{
		title: readText(info["Title"]), author: readText(info["Author"]), subject: readText(info["Subject"]),
		keywords: readText(info["Keywords"]), program: readText(info["Producer"]), made: made,
	}
}

func (i information) dict() dict {
	date := text(i.made.Format(dateLayout))
	d := dict{"CreationDate": date, "ModDate": date}
	for key, value := range map[name]string{
		"Title": i.title, "Author": i.author, "Subject": i.subject, "Keywords": i.keywords, "Creator": i.program, "Producer": i.program,
	} {
		if value != "" {
			d[key] = unicodeText(value)
		}
	}
	return d
}

// xmp is the same as RDF (ISO 16684-1), with the part of PDF/A that the file claims to follow; 0 claims none.
func (i information) xmp(language string, part int) []byte {
	date := i.made.Format(time.RFC3339)
	var out strings.Builder
	out.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` + "\n" +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"` +
		` xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">` + "\n")
	if part != 0 {
		fmt.Fprintf(&out, "<pdfaid:part>%d</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n", part)
	}
	element(&out, "dc:format", "application/pdf")
	element(&out, "dc:title", i.title, `rdf:Alt`, `rdf:li xml:lang="x-default"`)
	element(&out, "dc:creator", i.author, "rdf:Seq", "rdf:li")
	element(&out, "dc:description", i.subject, `rdf:Alt`, `rdf:li xml:lang="x-default"`)
	element(&out, "dc:language", language, "rdf:Bag", "rdf:li")
	element(&out, "pdf:Keywords", i.keywords)
	element(&out, "pdf:Producer", i.program)
	element(&out, "xmp:CreatorTool", i.program)
	element(&out, "xmp:CreateDate", date)
	element(&out, "xmp:ModifyDate", date)
	element(&out, "xmp:MetadataDate", date)
	out.WriteString("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return []byte(out.String())
}

// element writes a text within elements; an empty one is left out.
func element(out *strings.Builder, outer, value string, inner ...string) {
	if value == "" {
		return
	}
	tags := append([]string{outer}, inner...)
	for _, tag := range tags {
		out.WriteString("<" + tag + ">")
	}
	_ = xml.EscapeText(out, []byte(value)) // a strings.Builder takes everything
	for i := len(tags) - 1; i >= 0; i-- {
		tag, _, _ := strings.Cut(tags[i], " ")
		out.WriteString("</" + tag + ">")
	}
	out.WriteString("\n")
}
