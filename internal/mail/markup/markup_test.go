package markup

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTextTablesAndColoursStay(t *testing.T) {
	source := `<html><head><title>x</title><style>p{color:red}</style></head><body bgcolor="#fff"><table width="600" cellpadding="4" bgcolor="#f7f5f0">
<tr><td align="right" style="padding: 4px 8px; background: #1b5e6b; color:#fff; font-family: 'Segoe UI', Arial">Total</td><td><b>49,90 €</b></td></tr></table>
<p style="font-size:14px;text-align:center">Gràcies<br>i fins aviat</p><ul><li>un</li></ul></body></html>`
	got := Clean(source, nil).Body
	for _, want := range []string{`<table width="600" cellpadding="4" bgcolor="#f7f5f0">`, `<td align="right"`, `background: #1b5e6b`, `Segoe UI`,
		`<b>49,90 €</b>`, `font-size: 14px`, `Gràcies<br>i fins aviat`, `<ul><li>un</li></ul>`} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if strings.Contains(got, "color:red") || strings.Contains(got, "<title") {
		t.Errorf("the sheet of styles, or the title, is text now:\n%s", got)
	}
}

func TestThePicturesOfTheEmailStandInItAsData(t *testing.T) {
	own := func(id string) (Picture, bool) {
		return Picture{"image/png", []byte("png")}, id == "foto 1@x"
	}
	got := Clean(`<p><img src="cid:foto%201@x" alt="La lavadora" width="40"><img src="CID:other" alt="No está"><img src="cid:other"></p>`, own).Body
	want := `<p><img src="data:image/png;base64,cG5n" alt="La lavadora" width="40"><span class="blocked">No está</span></p>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	svg := func(string) (Picture, bool) { return Picture{"image/svg+xml", []byte("<svg/>")}, true }
	if got := Clean(`<img src="cid:a" alt="x">`, svg).Body; strings.Contains(got, "data:") {
		t.Errorf("a drawing in SVG is shown: %s", got)
	}
}

func TestWhatWouldBeLoadedIsToldAndNotLoaded(t *testing.T) {
	for source, want := range map[string]Remote{
		`<img src="https://shop.example/logo.png" width=120 height=40 alt="Shop">`: {"https://shop.example/logo.png", "shop.example", Image, false},
		`<img src="http://t.example/a" width="1" height="1">`:                      {"http://t.example/a", "t.example", Image, true},
		`<img src="//t.example/a" style="display: none">`:                          {"https://t.example/a", "t.example", Image, true},
		`<img src="https://u1.ct.sendgrid.net/wf/open?upn=abc">`:                   {"https://u1.ct.sendgrid.net/wf/open?upn=abc", "u1.ct.sendgrid.net", Image, true},
		`<img srcset="https://a.example/2x.png 2x">`:                               {"https://a.example/2x.png", "a.example", Image, false},
		`<td background="https://a.example/b.png">`:                                {"https://a.example/b.png", "a.example", Image, false},
		`<p style="background:url( 'https://a.example/c.png' )">`:                  {"https://a.example/c.png", "a.example", Style, false},
		`<style>@import "https://a.example/d.css";</style>`:                        {"https://a.example/d.css", "a.example", Style, false},
		`<style>p{background:url(https://a.example/e.png)}</style>`:                {"https://a.example/e.png", "a.example", Style, false},
		`<link rel=stylesheet href="https://a.example/f.css">`:                     {"https://a.example/f.css", "a.example", Style, false},
		`<link rel="dns-prefetch" href="//a.example">`:                             {"https://a.example", "a.example", Other, false},
		`<iframe src="https://a.example/g">`:                                       {"https://a.example/g", "a.example", Other, false},
		`<video poster="https://a.example/h.jpg">`:                                 {"https://a.example/h.jpg", "a.example", Other, false},
		`<meta http-equiv=refresh content="0; URL='https://a.example/i'">`:         {"https://a.example/i", "a.example", Other, false},
		`<svg><image xlink:href="https://a.example/j.png"/></svg>`:                 {"https://a.example/j.png", "a.example", Image, false},
		`<base href="https://b.example/x/"><img src="k.png" alt=k>`:                {"https://b.example/x/k.png", "b.example", Image, false},
		"<img src='ht\ntps:\\\\ñandú.example/l.png'>":                              {"https://%C3%B1and%C3%BA.example/l.png", "xn--and-6ma2c.example", Image, false},
		`<img src="https://shop.example/track/open.php?u=1">`:                      {"https://shop.example/track/open.php?u=1", "shop.example", Image, true},
	} {
		page := Clean(source, nil)
		if diff := cmp.Diff([]Remote{want}, page.Remote); diff != "" {
			t.Errorf("%s (-want +got):\n%s", source, diff)
		}
		if strings.Contains(page.Body, "//") {
			t.Errorf("%s keeps an address: %s", source, page.Body)
		}
	}
	if page := Clean(`<img src="cid:a"><img src="data:image/png;base64,AA"><a href="https://a.example">x</a>`, nil); page.Remote != nil {
		t.Errorf("what loads nothing from elsewhere is told: %+v", page.Remote)
	}
}

func TestLinksAreToldWithTheirWordsAndLeadNowhere(t *testing.T) {
	for source, want := range map[string]Link{
		`<a href="https://shop.example/x?y=1&amp;z=2">Ver <b>pedido</b></a>`:              {Address: "https://shop.example/x?y=1&z=2", Words: "Ver pedido"},
		`<a href="http://evil.example.net/login">www.mibanco.es</a>`:                      {Address: "http://evil.example.net/login", Words: "www.mibanco.es", Deceives: true, Named: "www.mibanco.es", Leads: "evil.example.net"},
		`<a href="https://clientes.mibanco.es/">www.mibanco.es</a>`:                       {Address: "https://clientes.mibanco.es/", Words: "www.mibanco.es"},
		`<a href="https://mibanco.es@evil.com/">mibanco.es</a>`:                           {Address: "https://mibanco.es@evil.com/", Words: "mibanco.es", Deceives: true, Named: "mibanco.es", Leads: "evil.com"},
		`<a href="https://shop.example/f">factura.pdf</a>`:                                {Address: "https://shop.example/f", Words: "factura.pdf"},
		`<a href="mailto:help@shop.com">help@shop.com</a>`:                                {Address: "mailto:help@shop.com", Words: "help@shop.com"},
		`<a href="mailto:x@other.com?subject=y">help@shop.com</a>`:                        {Address: "mailto:x@other.com?subject=y", Words: "help@shop.com", Deceives: true, Named: "shop.com", Leads: "other.com"},
		"<a href=' java\nscript:alert(1)'>x</a>":                                          {Address: "javascript:alert(1)", Words: "x"},
		`<a href="https://a.example"><img src="https://a.example/b.png" alt="Pagar"></a>`: {Address: "https://a.example", Words: "Pagar"},
	} {
		page := Clean(source, nil)
		if diff := cmp.Diff([]Link{want}, page.Links); diff != "" {
			t.Errorf("%s (-want +got):\n%s", source, diff)
		}
		if strings.Contains(page.Body, "href") {
			t.Errorf("%s leads somewhere: %s", source, page.Body)
		}
	}
}

// forms of what is far beyond honest mail: each is cleaned in the time that goes with its length.
func TestWhatIsMadeToExhaustIsBounded(t *testing.T) {
	for name, source := range map[string]string{
		"deep nesting":             strings.Repeat("<div>", 200_000) + "x",
		"deep nesting that closes": strings.Repeat("<div>", 100_000) + "x" + strings.Repeat("</div>", 100_000),
		"attributes":               "<p" + strings.Repeat(" a=1", 100_000) + ">x</p>",
		"different attributes":     "<p" + numbered(100_000) + ">x</p>",
		"a long style":             `<p style="` + strings.Repeat("color:red;", 200_000) + `">x</p>`,
		"styles":                   strings.Repeat(`<p style="color:red;background:url(x)">x</p>`, 20_000),
		"a style of brackets":      `<p style="` + strings.Repeat("(", 15_000) + `">x</p>`,
		"an open comment":          strings.Repeat("<!--", 100_000) + "x",
		"open tags":                strings.Repeat("<a ", 100_000) + "x",
		"links within each other":  strings.Repeat(`<a href="https://a.example/">`, 50_000) + "x",
		"end tags":                 strings.Repeat("<b>", 140) + strings.Repeat("</i>", 200_000) + "x",
	} {
		page := Clean(source, nil)
		depth, deepest := 0, 0
		for tag := range strings.SplitSeq(page.Body, "<") {
			switch {
			case tag == "" || tag == "x":
				continue
			case tag[0] == '/':
				depth--
			default:
				depth++
			}
			deepest = max(deepest, depth)
		}
		if deepest > maxDepth || depth != 0 {
			t.Errorf("%s: %d deep, %d left open", name, deepest, depth)
		}
		if len(page.Links) > maxFound || len(page.Remote) > maxFound || len(page.Body) > 2*len(source)+1000 {
			t.Errorf("%s: %d links, %d loaded, %d bytes of %d", name, len(page.Links), len(page.Remote), len(page.Body), len(source))
		}
	}
}

func numbered(count int) string {
	var out strings.Builder
	for i := range count {
		fmt.Fprintf(&out, " a%d=1", i)
	}
	return out.String()
}
