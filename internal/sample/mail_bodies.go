package sample

import (
	"fmt"
	"html"
	"image/color"
	"strings"
)

// tableMark is a paragraph that stands for the message's table.
const tableMark = "{table}"

// look is how a company's HTML mail looks.
type look struct {
	name   string
	colour color.RGBA
}

var (
	storeLook   = look{"Galerías Montalbeda", storeGreen}
	carrierLook = look{"Pasolargo", carrierRed}
	insurerLook = look{"Norvela Seguros", insurerInk}
	plainLook   = look{"", greyInk}
)

// Ways to write a message's body.

func plain(t transfer) func(*words, mail) part {
	return func(w *words, m mail) part { return textPart("plain", plainText(w, m.key), utf8, t) }
}

func plainLatin1(t transfer) func(*words, mail) part {
	return func(w *words, m mail) part { return textPart("plain", plainText(w, m.key), latin1, t) }
}

func flowed(t transfer) func(*words, mail) part {
	return func(w *words, m mail) part {
		return textPart("plain; format=flowed", flow(plainText(w, m.key)), utf8, t)
	}
}

func htmlOnly(l look) func(*words, mail) part {
	return func(w *words, m mail) part {
		return textPart("html", htmlText(w, m.key, l, utf8, ""), utf8, quotedPrintable)
	}
}

func htmlLatin1(l look) func(*words, mail) part {
	return func(w *words, m mail) part {
		return textPart("html", htmlText(w, m.key, l, latin1, ""), latin1, quotedPrintable)
	}
}

func htmlAndPlain(l look, t transfer) func(*words, mail) part {
	return func(w *words, m mail) part {
		return multipart("alternative", m.key, textPart("plain", plainText(w, m.key), utf8, t),
			textPart("html", htmlText(w, m.key, l, utf8, ""), utf8, t))
	}
}

func withInvoice(w *words, m mail) part {
	return multipart("mixed", m.key, textPart("plain", plainText(w, m.key), utf8, base64Lines),
		attachment(w.text("invoice.file"), "application/pdf", invoice(w)))
}

func withPhoto(w *words, m mail) part {
	return multipart("mixed", m.key,
		textPart("plain; format=flowed", flow(plainText(w, m.key)), utf8, quotedPrintable),
		attachment(w.text("photo.attachment"), "image/jpeg", hallPhoto))
}

// withLogo has its HTML and the picture in it together (RFC 2387), beside the plain text.
func withLogo(w *words, m mail) part {
	const id = "logo@" + insurerDomain
	return multipart("alternative", m.key, textPart("plain", plainText(w, m.key), utf8, quotedPrintable),
		multipart("related", m.key,
			textPart("html", htmlText(w, m.key, insurerLook, utf8, id), utf8, quotedPrintable),
			inlinePicture(id, "norvela.png", "image/png", insurerLogo())))
}

// quotingReply answers above the letter it quotes.
func quotingReply(w *words, m mail) part {
	var text strings.Builder
	text.WriteString(plainText(w, m.key) + "\n\n" + w.text(m.key+".attribution") + "\n")
	for line := range strings.SplitSeq(plainText(w, "mail-06"), "\n") {
		text.WriteString(strings.TrimRight("> "+line, " ") + "\n")
	}
	return textPart("plain", strings.TrimRight(text.String(), "\n"), utf8, base64Lines)
}

// plainText is a message's text with its table in aligned columns.
func plainText(w *words, key string) string {
	text := w.text(key + ".body")
	if !strings.Contains(text, tableMark) {
		return text
	}
	rows := w.rows(key + ".table")
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	var lines []string
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell + strings.Repeat(" ", widths[i]-len([]rune(cell))+3))
		}
		lines = append(lines, strings.TrimRight(line.String(), " "))
	}
	return strings.Replace(text, tableMark, strings.Join(lines, "\n"), 1)
}

// flow breaks long lines softly, with a space before the break (RFC 3676, section 4.2).
func flow(text string) string {
	const width = 72
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		for len(line) > width {
			at := strings.LastIndexByte(line[:width], ' ')
			if at < 0 {
				break
			}
			out = append(out, line[:at+1])
			line = line[at+1:]
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// htmlText is a message as companies send it: a band in their colour, paragraphs, a table with borders. logo is the
// Content-ID of a picture for the band, or empty.
func htmlText(w *words, key string, l look, c charset, logo string) string {
	band := html.EscapeString(l.name)
	if logo != "" {
		band = fmt.Sprintf(`<img src="cid:%s" width="44" height="44" alt="" style="vertical-align:middle"> %s`, logo, band)
	}
	colour := fmt.Sprintf("#%02x%02x%02x", l.colour.R, l.colour.G, l.colour.B)
	var body strings.Builder
	for paragraph := range strings.SplitSeq(w.text(key+".body"), "\n\n") {
		if paragraph == tableMark {
			body.WriteString(htmlTable(w.rows(key + ".table")))
			continue
		}
		lines := strings.ReplaceAll(html.EscapeString(paragraph), "\n", "<br>\n")
		body.WriteString("<p style=\"margin:0 0 16px\">" + lines + "</p>\n")
	}
	return fmt.Sprintf(`<!DOCTYPE html>
<html lang="%s"><head><meta charset="%s"><title>%s</title></head>
<body style="margin:0;background:#f4f4f2;font-family:Arial,Helvetica,sans-serif;font-size:15px;color:#212529">
<table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" style="background:#ffffff">
<tr><td style="background:%s;color:#ffffff;font-size:22px;font-weight:bold;padding:18px 28px">%s</td></tr>
<tr><td style="padding:28px;line-height:1.5">
%s</td></tr>
</table>
</body></html>`, w.language, c, html.EscapeString(w.text(key+".subject")), colour, band, body.String())
}

// htmlTable has a heading row when the rows have three cells; with two, the first is the name of the second.
func htmlTable(rows [][]string) string {
	var table strings.Builder
	table.WriteString(`<table width="100%" cellpadding="8" cellspacing="0" ` +
		`style="border-collapse:collapse;margin:0 0 16px">` + "\n")
	for i, row := range rows {
		table.WriteString("<tr>")
		for j, cell := range row {
			tag := "td"
			if len(row) == 2 && j == 0 || len(row) > 2 && i == 0 {
				tag = "th align=\"left\""
			}
			fmt.Fprintf(&table, "<%s style=\"border:1px solid #d0d4d8\">%s</%s>", tag, html.EscapeString(cell), tag[:2])
		}
		table.WriteString("</tr>\n")
	}
	table.WriteString("</table>\n")
	return table.String()
}

// insurerLogo is the umbrella in white on the insurer's colour, as a PNG.
func insurerLogo() []byte {
	logo := newCanvas(88, 88, insurerInk)
	drawUmbrella(logo, 22, 24, 1, white)
	return encodePNG(logo.RGBA)
}
