package mailserver

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-message/textproto"
)

// Fetch gives what is asked of messages of the open mailbox (RFC 3501, section 6.4.5). It marks none as read, not even
// without PEEK: here nothing changes.
func (s *session) Fetch(w *imapserver.FetchWriter, set goimap.NumSet, options *goimap.FetchOptions) error {
	if len(options.BinarySection) > 0 || len(options.BinarySectionSize) > 0 {
		return no(goimap.ResponseCodeCannot, "BINARY is not offered")
	}
	for _, e := range s.selected.entries() {
		if !s.selected.holds(set, e) {
			continue
		}
		response := w.CreateMessage(e.number)
		err := e.write(response, options)
		if err := errors.Join(err, response.Close()); err != nil { // an open response would hold up all others
			return err
		}
	}
	return nil
}

func (e entry) write(w *imapserver.FetchResponseWriter, options *goimap.FetchOptions) error {
	if options.UID {
		w.WriteUID(e.uid)
	}
	if options.Flags {
		w.WriteFlags(e.flags)
	}
	if options.InternalDate {
		w.WriteInternalDate(e.internalDate)
	}
	if options.RFC822Size {
		w.WriteRFC822Size(int64(len(e.raw)))
	}
	if options.Envelope {
		w.WriteEnvelope(imapserver.ExtractEnvelope(e.header()))
	}
	if options.BodyStructure != nil {
		w.WriteBodyStructure(e.structure())
	}
	for _, section := range options.BodySection {
		if err := writeSection(w, section, e.section(section)); err != nil {
			return err
		}
	}
	return nil
}

func writeSection(w *imapserver.FetchResponseWriter, section *goimap.FetchItemBodySection, content []byte) error {
	literal := w.WriteBodySection(section, int64(len(content)))
	_, err := io.Copy(literal, bytes.NewReader(content))
	return errors.Join(err, literal.Close())
}

// section gives a part of the message's bytes. What belongs to the message as a whole is cut from them; only what is
// inside of a multipart goes through a parser.
func (s *stored) section(section *goimap.FetchItemBodySection) []byte {
	header, body := splitHeader(s.raw)
	content := s.raw
	switch {
	case len(section.Part) > 0:
		whole := *section
		whole.Partial = nil
		content = imapserver.ExtractBodySection(bytes.NewReader(s.raw), &whole)
	case section.Specifier == goimap.PartSpecifierText:
		content = body
	case len(section.HeaderFields) > 0:
		content = only(header, func(name string) bool { return containsFold(section.HeaderFields, name) })
	case len(section.HeaderFieldsNot) > 0:
		content = only(header, func(name string) bool { return !containsFold(section.HeaderFieldsNot, name) })
	case section.Specifier == goimap.PartSpecifierHeader:
		content = header
	}
	return cut(content, section.Partial)
}

// only gives the fields of a header that are wanted, as they stand, and an empty line.
func only(header []byte, wanted func(name string) bool) []byte {
	var kept []byte
	for _, f := range fields(header) {
		if f.name == "" || !wanted(f.name) {
			continue
		}
		kept = append(kept, f.raw...)
		if !bytes.HasSuffix(kept, []byte("\n")) {
			kept = append(kept, "\r\n"...)
		}
	}
	return append(kept, "\r\n"...)
}

func containsFold(names []string, name string) bool {
	return slices.ContainsFunc(names, func(one string) bool { return strings.EqualFold(one, name) })
}

// cut gives the octets a partial fetch asks for; beyond the end there are none.
func cut(content []byte, partial *goimap.SectionPartial) []byte {
	if partial == nil {
		return content
	}
	content = content[min(partial.Offset, int64(len(content))):]
	return content[:min(partial.Size, int64(len(content)))]
}

// header gives the message's fields to the library. A line that is none costs nothing but itself.
func (s *stored) header() textproto.Header {
	raw, _ := splitHeader(s.raw)
	var header textproto.Header
	for _, f := range slices.Backward(fields(raw)) { // Add puts a field before the others
		if f.name != "" {
			header.Add(f.name, f.value())
		}
	}
	return header
}

// structure tells of the message's parts. A multipart without any can't be told in IMAP: then the message counts as one
// part of bytes.
func (s *stored) structure() goimap.BodyStructure {
	structure := imapserver.ExtractBodyStructure(bytes.NewReader(s.raw))
	if !isHollow(structure) {
		return structure
	}
	_, body := splitHeader(s.raw)
	return &goimap.BodyStructureSinglePart{
		Type: "application", Subtype: "octet-stream", Size: uint32(len(body)),
		Extended: &goimap.BodyStructureSinglePartExt{},
	}
}

// isHollow is whether a multipart in it has no part.
func isHollow(structure goimap.BodyStructure) bool {
	switch part := structure.(type) {
	case *goimap.BodyStructureMultiPart:
		return len(part.Children) == 0 || slices.ContainsFunc(part.Children, isHollow)
	case *goimap.BodyStructureSinglePart:
		return part.MessageRFC822 != nil && isHollow(part.MessageRFC822.BodyStructure)
	}
	return false
}
