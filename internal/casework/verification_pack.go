package casework

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/redaction"
	"constancia/internal/i18n"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// VerificationPack says of which case's press edition to make what an editor checks it by, and where.
type VerificationPack struct {
	CaseID   string
	Language i18n.Language
	// Out is the file to write, a ZIP. It is written whole or not at all.
	Out       string
	Overwrite bool
	// Consent says that the person knows that it tells who is who, and wants that.
	Consent bool
}

// packEdition is what a verification pack is on record as.
const packEdition = "verification-pack"

// packed are the kinds of what is hidden that a verification pack tells: who speaks, and by which number the companies know
// the case. Of other people, of addresses, phones and accounts at banks it tells nothing.
func packed() []redaction.Kind {
	return []redaction.Kind{redaction.Complainant, redaction.Agent, redaction.Order, redaction.Account, redaction.Contract, redaction.Line,
		redaction.Number}
}

// ExportVerificationPack makes what goes to an editor beside the press edition and apart from it: who is "agent 7", by the
// labels of the press edition, the companies' references, the originals of the exhibits that were chosen, and hashes. It is
// put on record.
//
// Problems: consent_missing, not_found, file_exists, file_unwritable, disk_full, cancelled.
func (c *Casework) ExportVerificationPack(ctx context.Context, n VerificationPack, progress func(Progress)) (Exported, error) {
	if !n.Consent {
		return Exported{}, problem.New(problem.ConsentMissing, nil)
	}
	report(progress, Progress{What: "gathering"})
	file, heads, err := c.library.CaseFileWithHeads(ctx, n.CaseID)
	if err != nil {
		return Exported{}, err
	}
	plan, err := c.pressPlan(ctx, file, "", n.Language)
	if err != nil {
		return Exported{}, err
	}
	exports, err := c.Exports(ctx, n.CaseID)
	if err != nil {
		return Exported{}, err
	}
	pack := verificationPack{work: c, words: i18n.For(n.Language), file: file, plan: plan, press: lastPress(exports)}
	exported := Exported{Path: n.Out}
	err = writeWhole(n.Out, n.Overwrite, func(w io.Writer) error {
		digest := sha256.New()
		counted := &counter{Writer: io.MultiWriter(w, digest)}
		if err := pack.write(ctx, counted); err != nil {
			return err
		}
		exported.SHA256, exported.Size = hex.EncodeToString(digest.Sum(nil)), counted.bytes
		return c.record(ctx, n.CaseID, func(o *operation) {
			o.add(record.KindExport, casefile.Export{CaseID: n.CaseID, Edition: packEdition, Language: string(n.Language),
				FileName: filepath.Base(n.Out), SHA256: exported.SHA256, Size: exported.Size,
				Fingerprint: library.Fingerprint(heads), Heads: library.LogHeads(heads)})
		})
	})
	if err != nil {
		return Exported{}, err
	}
	return exported, nil
}

// lastPress is the hash of the press edition that was made last; empty while there is none.
func lastPress(exports []Export) string {
	for _, export := range slices.Backward(exports) {
		if export.Value.Edition == string(dossier.Press) {
			return export.Value.SHA256
		}
	}
	return ""
}

// verificationPack is a pack while it is written.
type verificationPack struct {
	work  *Casework
	words *i18n.Texts
	file  casefile.CaseFile
	plan  *redaction.Plan
	press string // hash of the press edition; may be empty

	archive *zip.Writer
	sums    []string // lines for sha256sum
	missing []string // labels of exhibits whose original is damaged or gone
}

func (p *verificationPack) write(ctx context.Context, w io.Writer) error {
	p.archive = zip.NewWriter(w)
	if err := p.originals(ctx); err != nil {
		return err
	}
	for _, one := range []struct{ name, text string }{
		{p.words.Text("pack.file.who"), p.who()}, {p.words.Text("pack.file.readme"), p.readme()},
	} {
		if err := p.add(one.name, strings.NewReader(one.text)); err != nil {
			return err
		}
	}
	slices.Sort(p.sums)
	if err := p.add("SHA256SUMS.txt", strings.NewReader(strings.Join(p.sums, "\n")+"\n")); err != nil {
		return err
	}
	return p.archive.Close()
}

// add writes a file into the pack, and notes its hash.
func (p *verificationPack) add(name string, content io.Reader) error {
	entry, err := p.archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.work.Now().UTC()})
	if err != nil {
		return err
	}
	digest := sha256.New()
	if _, err := io.Copy(io.MultiWriter(entry, digest), content); err != nil {
		return err
	}
	p.sums = append(p.sums, hex.EncodeToString(digest.Sum(nil))+"  "+name)
	return nil
}

// originals are those of the exhibits that were chosen for the press edition: what the person looked at, and no other piece.
func (p *verificationPack) originals(ctx context.Context) error {
	evidence := map[string]casefile.Evidence{}
	for _, entry := range p.file.Evidence {
		evidence[entry.Value.ID] = entry.Value
	}
	taken := map[string]bool{}
	for _, exhibit := range p.file.Exhibits {
		original, there := evidence[exhibit.Value.EvidenceID]
		if !there || !slices.Contains(p.plan.Choices().Exhibits, exhibit.Value.Label) {
			continue
		}
		whole, err := p.work.isWhole(ctx, original.SHA256)
		if err != nil {
			return err
		}
		if !whole {
			p.missing = append(p.missing, exhibit.Value.Label)
			continue
		}
		name := freeName(taken, dossier.File{Tag: dossier.Tag(exhibit.Value.Label), Name: original.FileName, MediaType: original.MediaType})
		if err := p.original(ctx, p.words.Text("pack.folder.originals")+"/"+name, original.SHA256); err != nil {
			return err
		}
	}
	return nil
}

func (p *verificationPack) original(ctx context.Context, name, sha256 string) error {
	content, err := p.work.library.OpenContent(ctx, sha256)
	if err != nil {
		return err
	}
	return errors.Join(p.add(name, content), content.Close())
}

// who says who or what stands behind each label of the press edition, and where.
func (p *verificationPack) who() string {
	tags := dossier.Tags(p.file)
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n\n%s\n\n", p.words.Text("pack.who.title"), p.words.Text("pack.who.what"))
	for _, hidden := range p.plan.Review().Hidden {
		if !slices.Contains(packed(), hidden.Kind) {
			continue
		}
		fmt.Fprintf(&out, "%s: %s\n", hidden.Label, oneLineOf(hidden.Value))
		if about := p.about(hidden); about != "" {
			fmt.Fprintf(&out, "    %s\n", about)
		}
		var rows []string
		for _, place := range hidden.Places {
			if tag := string(tags[place.EntryID]); tag != "" && !slices.Contains(rows, tag) {
				rows = append(rows, tag)
			}
		}
		if len(rows) > 0 {
			fmt.Fprintf(&out, "    %s\n", p.words.Text("pack.who.rows", i18n.Values{"rows": p.words.List(rows)}))
		}
	}
	fmt.Fprintf(&out, "\n%s\n\n", p.words.Text("pack.references.title"))
	for _, party := range p.file.Parties {
		for _, reference := range party.Value.References {
			fmt.Fprintf(&out, "%s, %s: %s\n", party.Value.Name, reference.Label, reference.Number)
		}
	}
	return out.String()
}

// about is the job and the company of somebody who was spoken to.
func (p *verificationPack) about(hidden redaction.Hidden) string {
	if hidden.Kind != redaction.Agent {
		return ""
	}
	for _, person := range p.file.People {
		if person.Value.Name == "" || !strings.Contains(" / "+hidden.Value+" / ", " / "+person.Value.Name+" / ") {
			continue
		}
		var parts []string
		for _, part := range []string{person.Value.Position, p.company(person.Value.PartyID)} {
			if part != "" {
				parts = append(parts, part)
			}
		}
		return strings.Join(parts, ", ")
	}
	return ""
}

func (p *verificationPack) company(id string) string {
	for _, party := range p.file.Parties {
		if party.Value.ID == id {
			return party.Value.Name
		}
	}
	return ""
}

func oneLineOf(text string) string { return strings.Join(strings.Fields(text), " ") }

// readme says in plain words what the pack is, how it is checked, and what its reader owes those in it.
func (p *verificationPack) readme() string {
	paragraphs := []string{
		p.words.Text("pack.readme.title", i18n.Values{"title": p.file.Case.Title}),
		p.words.Text("pack.readme.what"), p.words.Text("pack.readme.who"), p.words.Text("pack.readme.confidence"),
		p.words.Text("pack.readme.check"),
	}
	if p.press != "" {
		paragraphs = append(paragraphs, p.words.Text("pack.readme.press", i18n.Values{"sha256": p.press}))
	}
	if len(p.missing) > 0 {
		paragraphs = append(paragraphs, p.words.Text("pack.readme.missing", i18n.Values{"exhibits": p.words.List(p.missing)}))
	}
	paragraphs = append(paragraphs, p.words.Text("pack.readme.contact", i18n.Values{"name": p.file.Case.Complainant.Name,
		"made": p.words.DateTime(p.work.Now().UTC()) + " UTC"}))
	return strings.Join(paragraphs, "\n\n") + "\n"
}
