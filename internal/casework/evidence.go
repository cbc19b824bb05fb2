package casework

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// AddEvidence is a file to keep. Texts are as typed.
type AddEvidence struct {
	CaseID   string
	FileName string
	Content  io.Reader
	Shows    string
	// Consent is, for a recording, what those recorded knew of it; empty is not said.
	Consent casefile.Consent
	// When it was made, as much as is known; empty is unknown.
	When      string
	Zone      string
	Precision casefile.Precision
	ContactID string // the contact it belongs to, or empty
	// NotExhibit leaves it out of dossiers: no exhibit number is given.
	NotExhibit bool
	// OnlyNew refuses a file whose bytes are evidence of the case already.
	OnlyNew bool
	// Progress is told how many bytes of the file were read so far; nil tells nobody.
	Progress func(bytes int64)
}

// Added names what came of adding evidence.
type Added struct {
	ID     string `json:"id"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`  // bytes
	Label  string `json:"label"` // the exhibit's number, empty when none was given
}

// EvidenceItem is a piece of evidence with its exhibit number, if it has one.
type EvidenceItem struct {
	casefile.Recorded[casefile.Evidence]
	Label string
}

// AddEvidence keeps a file unaltered and puts it on record. Its bytes are durable before the entry that names them.
//
// Problems: not_found, already_exists with the exhibit number or file name when only what is new was wanted, disk_full,
// library_unwritable, and those of its fields.
func (c *Casework) AddEvidence(ctx context.Context, n AddEvidence) (Added, error) {
	if err := c.requireOf(ctx, n.CaseID, record.KindContact, n.ContactID); err != nil {
		return Added{}, err
	}
	// What was typed is checked before the first byte is kept.
	if err := c.check(ctx, n.CaseID, func(o *operation) { c.evidence(o, n) }); err != nil {
		return Added{}, err
	}
	kept, err := c.keep(ctx, n)
	if err != nil {
		return Added{}, err
	}
	var added Added
	err = c.record(ctx, n.CaseID, func(o *operation) { added = c.addKept(o, n, kept) })
	if err != nil {
		return Added{}, err
	}
	return added, nil
}

// kept is a file whose bytes are durable, and that no entry names yet.
type kept struct {
	content   library.Content
	mediaType string
}

func (c *Casework) keep(ctx context.Context, n AddEvidence) (kept, error) {
	body := bufio.NewReaderSize(n.Content, sniffed)
	head, err := body.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		if _, known := errors.AsType[*problem.Problem](err); known {
			return kept{}, err
		}
		return kept{}, problem.Wrap(err, problem.FileUnreadable, problem.Values{"path": n.FileName})
	}
	mediaType := mediaTypeOf(head)
	content, err := c.library.PutContent(ctx, body)
	if err == nil && n.OnlyNew {
		err = c.requireNew(ctx, n.CaseID, content.SHA256)
	}
	return kept{content, mediaType}, err
}

// addKept makes a kept file evidence.
func (c *Casework) addKept(o *operation, n AddEvidence, file kept) Added {
	evidence := c.evidence(o, n)
	evidence.MediaType, evidence.SHA256, evidence.Size = file.mediaType, file.content.SHA256, file.content.Size
	added := Added{ID: o.add(record.KindEvidence, evidence), SHA256: file.content.SHA256, Size: file.content.Size}
	if !n.NotExhibit {
		added.Label = o.addExhibit(added.ID).Label
	}
	return added
}

// evidence is what was typed about a file.
func (c *Casework) evidence(o *operation, n AddEvidence) casefile.Evidence {
	evidence := casefile.Evidence{
		CaseID: n.CaseID, FileName: displayName(o.required("file", n.FileName)),
		Shows: o.text("shows", n.Shows), ContactID: n.ContactID, Consent: choice(o, "consent", n.Consent, "", casefile.Consents()),
	}
	if n.When != "" {
		when := o.when("when", n.When, n.Zone, n.Precision, "")
		o.notAfter(c.Now(), "when", n.When, when.Earliest())
		evidence.OccurredAt = &when
	}
	return evidence
}

// requireNew fails with already_exists when a case has evidence with the same bytes.
func (c *Casework) requireNew(ctx context.Context, caseID, sha256 string) error {
	same, err := c.library.EvidenceWith(ctx, caseID, sha256)
	if err != nil || len(same) == 0 {
		return err
	}
	items, err := c.Evidence(ctx, caseID)
	if err != nil {
		return err
	}
	name := same[0].Value.FileName
	for _, item := range items {
		if item.Value.SHA256 == sha256 && item.Label != "" {
			name = item.Label
			break
		}
	}
	return problem.New(problem.AlreadyExists, problem.Values{"kind": string(record.KindEvidence), "value": name})
}

// EvidenceOf gives one piece of evidence of a case.
//
// Problem: not_found.
func (c *Casework) EvidenceOf(ctx context.Context, caseID, id string) (casefile.Evidence, error) {
	evidence, err := library.Thing[casefile.Evidence](ctx, c.library, record.KindEvidence, id)
	if err == nil && evidence.Value.CaseID != caseID {
		err = problem.New(problem.NotFound, problem.Values{"kind": string(record.KindEvidence), "value": id})
	}
	return evidence.Value, err
}

// Evidence lists the evidence of a case by when it was made or added, with the exhibit numbers.
//
// Problem: not_found.
func (c *Casework) Evidence(ctx context.Context, caseID string) ([]EvidenceItem, error) {
	file, err := c.library.CaseFileWithoutMail(ctx, caseID)
	if err != nil {
		return nil, err
	}
	labels := map[string]string{}
	for _, exhibit := range file.Exhibits {
		for _, id := range exhibit.Value.Pieces() {
			labels[id] = exhibit.Value.Label
		}
	}
	items := make([]EvidenceItem, len(file.Evidence))
	for i, evidence := range file.Evidence {
		items[i] = EvidenceItem{Recorded: evidence, Label: labels[evidence.Value.ID]}
	}
	return items, nil
}

// displayName keeps the last part of a name that may be a path of any system.
func displayName(name string) string {
	if at := strings.LastIndexAny(name, `/\`); at >= 0 {
		name = name[at+1:]
	}
	if name == "" || name == "." || name == ".." {
		return "file"
	}
	return name
}
