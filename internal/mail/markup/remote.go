package markup

import (
	"html"
	"net/url"
	"strings"

	"golang.org/x/net/html/atom"
	"golang.org/x/net/idna"

	nethtml "golang.org/x/net/html"
)

// Remote is something that an email has a browser load from elsewhere. The host would have learned that, and when, the
// email was read, and at which address of the network.
type Remote struct {
	Address string
	Host    string // as the domain name system has it, lower case
	Kind    Kind
	// Tracks says that nothing of it is to be seen, or that its address is of a form made to tell who reads.
	Tracks bool
}

// Kind is what would have been loaded.
type Kind string

// The kinds. A picture that nobody sees is a picture that tracks.
const (
	Image Kind = "picture"
	Style Kind = "style"
	Other Kind = "other" // a script, a frame, a film, a page to go to
)

// loading are the attributes that have an address loaded, with what they load. Style attributes and elements come on top.
var loading = map[string]Kind{
	"src": Image, "srcset": Image, "background": Image, "poster": Image, "lowsrc": Image, "dynsrc": Image,
	"data": Other, "archive": Other, "codebase": Other, "manifest": Other, "profile": Other,
}

// note notes what an element would have loaded.
func (s *survey) note(token nethtml.Token) {
	for _, one := range token.Attr {
		kind, loads := loading[one.Key]
		switch {
		case one.Key == "style":
			s.noteStyles(one.Val)
		case one.Key == "srcset":
			for candidate := range strings.SplitSeq(one.Val, ",") {
				s.noteAddress(firstWord(candidate), Image, token)
			}
		case loads && kind == Image && !showsPictures(token.DataAtom):
			s.noteAddress(one.Val, Other, token)
		case loads:
			s.noteAddress(one.Val, kind, token)
		case one.Key == "href" && token.DataAtom == atom.Link:
			s.noteAddress(one.Val, linked(attribute(token, "rel")), token)
		case (one.Key == "href" || one.Key == "xlink:href") && loadsByLink(token):
			s.noteAddress(one.Val, Image, token)
		case one.Key == "content" && token.DataAtom == atom.Meta && strings.EqualFold(attribute(token, "http-equiv"), "refresh"):
			if _, to, found := strings.Cut(one.Val, "="); found {
				s.noteAddress(strings.Trim(to, ` "'`), Other, token)
			}
		}
	}
}

func showsPictures(element atom.Atom) bool {
	switch element {
	case atom.Script, atom.Iframe, atom.Frame, atom.Embed, atom.Video, atom.Audio, atom.Track:
		return false
	}
	return true
}

// loadsByLink is whether an element of a drawing loads what its link names (SVG 2, section 16).
func loadsByLink(token nethtml.Token) bool {
	switch token.Data {
	case "image", "use", "feimage", "script":
		return true
	}
	return false
}

func linked(relation string) Kind {
	if strings.Contains(strings.ToLower(relation), "stylesheet") {
		return Style
	}
	return Other
}

// inStyle finds the addresses in style sheets and style attributes.
var inStyle = whenNeeded(`(?i)(?:url\(\s*["']?|@import\s+["']|src\(\s*["'])([^"')]+)`)

func (s *survey) noteStyles(style string) {
	for _, found := range inStyle().FindAllStringSubmatch(html.UnescapeString(style), maxFound) {
		s.noteAddress(found[1], Style, nethtml.Token{})
	}
}

// noteAddress notes an address, if it is one of somewhere else.
func (s *survey) noteAddress(address string, kind Kind, token nethtml.Token) {
	parsed, ok := s.elsewhere(address)
	if !ok {
		return
	}
	one := Remote{Address: parsed.String(), Host: hostOf(parsed), Kind: kind}
	one.Tracks = token.DataAtom == atom.Img && isTiny(token) || tracking().MatchString(parsed.Path+"?"+parsed.RawQuery) ||
		trackers().MatchString(one.Host)
	if place, known := s.seen[one.Address]; known {
		s.remote[place].Tracks = s.remote[place].Tracks || one.Tracks
		return
	}
	if len(s.remote) == maxFound {
		return
	}
	s.seen[one.Address] = len(s.remote)
	s.remote = append(s.remote, one)
}

// elsewhere takes an address as browsers do, who pass over blanks in it (URL standard, section 4.4).
func (s *survey) elsewhere(address string) (*url.URL, bool) {
	parsed, err := url.Parse(tidyAddress(address))
	if err != nil {
		return nil, false
	}
	if base, wrong := url.Parse(tidyAddress(s.base)); wrong == nil && !parsed.IsAbs() && base.Host != "" {
		parsed = base.ResolveReference(parsed)
	}
	if parsed.Scheme == "" && parsed.Host != "" {
		parsed.Scheme = "https" // it goes by the page it stands in, and mail programs take this
	}
	switch parsed.Scheme {
	case "http", "https", "ftp", "ws", "wss":
		return parsed, parsed.Host != ""
	}
	return nil, false
}

// tidyAddress takes out what browsers pass over, and turns the slashes that they turn.
func tidyAddress(address string) string {
	address = strings.Map(func(r rune) rune {
		switch r {
		case '\t', '\n', '\r', 0:
			return -1
		case '\\':
			return '/'
		}
		return r
	}, address)
	return strings.Trim(address, "\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x1b \u00a0")
}

// hostOf is the host of an address, as the domain name system has it.
func hostOf(address *url.URL) string {
	host := strings.ToLower(address.Hostname())
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		return ascii
	}
	return host
}

// tiny is how many pixels wide or high a picture is that nobody is meant to see.
const tiny = 3

// isTiny is whether nobody is meant to see a picture.
func isTiny(token nethtml.Token) bool {
	style := strings.Join(strings.Fields(strings.ToLower(attribute(token, "style"))), "")
	if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") || strings.Contains(style, "opacity:0;") {
		return true
	}
	for _, name := range []string{"width", "height"} {
		said := attribute(token, name)
		if said == "" {
			said = property(attribute(token, "style"), name)
		}
		if pixels, ok := pixelsOf(said); ok && pixels <= tiny {
			return true
		}
	}
	return false
}

// tracking are the forms of addresses with which services that send mail for others count who opened it; trackers are
// hosts of such services that do nothing else.
var (
	tracking = whenNeeded(`(?i)/wf/open|/track(ing)?/open|/track/[a-z0-9_-]{16,}|/open(ed)?(\.(php|aspx|gif|png)|/[a-z0-9_=-]{12,}|\?)|` +
		`/(pixel|beacon|spacer|blank|clear|1x1|trk|o)(\.(gif|png|php|aspx))|/(pixel|beacon|e[0-9]*/o|e2t/o|trk|cl/o|imp|mo)/|` +
		`/collect\?|/tr\?|[?&](open_?id|pixel|beacon|trk)=`)
	trackers = whenNeeded(`(^|\.)(list-manage\.com|mandrillapp\.com|emltrk\.com|awstrack\.me|mailstat\.us|` +
		`google-analytics\.com|doubleclick\.net|returnpath\.net|mixmax\.com|yesware\.com|mailtrack\.io|bananatag\.com|hubspotlinks\.com|` +
		`ct\.sendgrid\.net|sparkpostmail[0-9]*\.com|exct\.net|mkt[0-9]+\.(com|net)|pstmrk\.it|rs6\.net|streak\.com)$`)
)

func firstWord(text string) string {
	for word := range strings.FieldsSeq(text) {
		return word
	}
	return ""
}
