package message

import (
	"net/url"
	"strings"
)

// maxLink is how many bytes of a link are shown; tracking links are longer.
const maxLink = 200

func (w *textWriter) openLink(href string) {
	w.closeLink()
	w.link = shownLink(href)
	w.linkAt = w.out.Len() + w.line.Len()
}

// closeLink writes where the link leads, unless its own text says so.
func (w *textWriter) closeLink() {
	target := w.link
	w.link = ""
	if target == "" || w.out.Len()+w.line.Len() == w.linkAt {
		return
	}
	text := w.line.String()
	bare := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(target, "https://"), "http://"), "/")
	if strings.HasSuffix(text, bare) || strings.HasSuffix(text, bare+"/") || strings.HasSuffix(text, target) {
		return
	}
	w.space = true
	w.word("<" + target + ">")
}

// shownLink gives a link as it is shown, empty for one that leads nowhere outside. What tracks the reader in an overlong
// one is left out.
func shownLink(href string) string {
	parsed, err := url.Parse(strings.TrimSpace(href))
	if err != nil || parsed.Scheme != "http" && parsed.Scheme != "https" || parsed.Host == "" {
		return ""
	}
	if shown := line(href); len(shown) <= maxLink {
		return shown
	}
	return line(parsed.Scheme + "://" + parsed.Host + "/…")
}
