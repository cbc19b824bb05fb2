package app

import (
	"slices"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/mail/trace"
)

// messageView is an email as the page shows it.
func (d *desk) messageView(opened casework.OpenedMessage) MessageView {
	reading := opened.Reading
	view := MessageView{
		ID: opened.Message.ID, Subject: reading.Subject, From: casefile.MailboxList(reading.From), To: casefile.MailboxList(reading.To),
		Cc: casefile.MailboxList(reading.Cc), HasOriginal: opened.HasOriginal(), Remote: remoteHosts(opened),
		Attachments: attachmentViews(opened), Defects: defectViews(reading.Defects), Source: sourceView(opened.Message.Source),
		Links: d.linksIn(opened), SHA256: opened.Message.SHA256, Size: opened.Message.Size,
	}
	view.Wall, view.SenderWall, view.SenderOffset = wallsOf(reading.Date, d.location())
	view.Passages, view.Cut = passageViews(opened)
	return view
}

// wallsOf is when an email was sent by the person's clock, and, where that showed another time, by the sender's, with the
// distance of that clock from UTC.
func wallsOf(date string, place *time.Location) (wall, senderWall, offset string) {
	at, err := time.Parse(time.RFC3339, date)
	if err != nil {
		return "", "", ""
	}
	wall, senderWall = at.In(place).Format(wallMinute), at.Format(wallMinute)
	if wall == senderWall {
		return wall, "", ""
	}
	return wall, senderWall, at.Format("-07:00")
}

// namesOf are mailboxes by their names, or their addresses where they have none.
func namesOf(mailboxes []casefile.Mailbox) string {
	names := make([]string, len(mailboxes))
	for i, one := range mailboxes {
		if names[i] = one.Name; names[i] == "" {
			names[i] = one.Address
		}
	}
	return strings.Join(names, ", ")
}

// linksIn are the addresses that an email leads to, each once: those of its HTML with their words, else those in its text.
// What no browser or mail program would open has no id.
func (d *desk) linksIn(opened casework.OpenedMessage) []MessageLink {
	found := []MessageLink{}
	if opened.HasOriginal() {
		for _, link := range opened.Original.Links {
			one := MessageLink{Link: Link{ID: d.links.id(link.Address), Address: link.Address}, Words: link.Words}
			if link.Deceives {
				one.Named, one.Leads = link.Named, link.Leads
			}
			if one.Words == one.Link.Address {
				one.Words = ""
			}
			if !slices.Contains(found, one) {
				found = append(found, one)
			}
		}
		return found
	}
	for _, link := range d.links.find(opened.Reading.Text) {
		found = append(found, MessageLink{Link: link})
	}
	return found
}

// remoteHosts are the hosts that would have learned that an email was read, those first that were asked for that alone.
func remoteHosts(opened casework.OpenedMessage) []RemoteHost {
	hosts := []RemoteHost{}
	for _, one := range opened.Original.Remote {
		at := slices.IndexFunc(hosts, func(known RemoteHost) bool { return known.Host == one.Host })
		if at < 0 {
			at = len(hosts)
			hosts = append(hosts, RemoteHost{Host: one.Host})
		}
		hosts[at].Addresses = append(hosts[at].Addresses, one.Address)
		hosts[at].Tracks = hosts[at].Tracks || one.Tracks
	}
	slices.SortStableFunc(hosts, func(a, b RemoteHost) int {
		switch {
		case a.Tracks == b.Tracks:
			return 0
		case a.Tracks:
			return -1
		}
		return 1
	})
	return hosts
}

func attachmentViews(opened casework.OpenedMessage) []AttachmentView {
	views := []AttachmentView{}
	for _, part := range opened.Reading.Attachments {
		evidence := opened.Evidence[part.Part]
		views = append(views, AttachmentView{
			EvidenceID: evidence.ID, FileName: part.FileName, MediaType: part.MediaType, Kind: fileKindOf(part.MediaType).kind,
			Openable: evidence.ID != "" && isHarmless(part.FileName), InText: part.Inline, Size: part.Size})
	}
	return views
}

func defectViews(defects []string) []DefectView {
	views := make([]DefectView, len(defects))
	for i, one := range defects {
		views[i].Code, views[i].Place, _ = strings.Cut(one, " ")
	}
	return views
}

func sourceView(source casefile.MessageSource) MessageSource {
	view := MessageSource{
		Kind: source.Kind, FetchedAt: source.FetchedAt, Host: source.Host, User: source.User, Mailbox: source.Mailbox, UID: source.UID,
		Validity: source.UIDValidity, Received: source.InternalDate, SPKI: source.SPKI, FileName: source.FileName,
		Position: source.Position, Program: source.Program, Labels: append([]string{}, source.Labels...)}
	if source.Member != "" {
		view.FileName += " › " + source.Member
	}
	return view
}

// traceView is what servers wrote on an email, by the person's clock.
func (d *desk) traceView(details casework.MessageDetails) MessageTrace {
	place := d.location()
	view := MessageTrace{Hops: []HopView{}, Findings: []FindingView{}, Chain: []SealView{}, Signatures: d.sentences(details.Signatures), Signed: len(details.Signatures) > 0}
	view.Header, view.Cut = headerOf(details)
	for _, hop := range details.Route {
		one := HopView{From: hop.From.Name, By: hop.By, With: hop.With, Encrypted: hop.Encrypted}
		if hop.From.Found != "" {
			one.From = hop.From.Found
		}
		if one.From == "" {
			one.From = hop.From.Address
		}
		one.Wall, _, _ = wallsOf(hop.Time, place)
		if hop.DelaySeconds != nil {
			one.Delay, one.DelayKnown = *hop.DelaySeconds, true
		}
		view.Hops = append(view.Hops, one)
	}
	for _, said := range details.Authentication {
		view.Findings = append(view.Findings, findingsOf(said)...)
	}
	for _, link := range details.Chain {
		one := SealView{Domain: link.Domain, Before: link.Before, Findings: findingsOf(link.Authentication), Missing: append([]string{}, link.Missing...)}
		one.Wall, _, _ = wallsOf(link.SealedAt, place)
		view.Chain = append(view.Chain, one)
	}
	return view
}

// findingsOf are what a server found, one by one.
func findingsOf(said trace.Authentication) []FindingView {
	views := make([]FindingView, len(said.Results))
	for i, result := range said.Results {
		views[i] = FindingView{Server: said.Server, Method: result.Method, Value: result.Value,
			Domain: checkedDomain(result.Property), ByLast: said.ByLast}
	}
	return views
}

// sentences say what signatures show; none is said, too.
func (d *desk) sentences(signatures []casework.MessageSignature) []string {
	texts := d.texts()
	if len(signatures) == 0 {
		return []string{texts.Text("signature.none")}
	}
	said := make([]string, len(signatures))
	for i, one := range signatures {
		said[i] = one.Sentence(texts)
		if kept := one.KeySentence(texts, d.location()); kept != "" {
			said[i] += " " + kept
		}
	}
	return said
}

// checkedDomain is the domain that a finding is about, by what servers say they looked at.
func checkedDomain(property func(kind, name string) string) string {
	for _, one := range [][2]string{{"header", "d"}, {"header", "i"}, {"smtp", "mailfrom"}, {"header", "from"}, {"smtp", "helo"}} {
		if value := property(one[0], one[1]); value != "" {
			_, domain, found := strings.Cut(value, "@")
			if found {
				return domain
			}
			return value
		}
	}
	return ""
}
