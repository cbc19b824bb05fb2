package casework

import (
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/redaction"
	"constancia/internal/i18n"
	"constancia/internal/problem"
	"constancia/internal/raster"
)

// pressSetting is where the choices for the press edition of a case are kept, outside the record: they are a draft until a
// dossier is made.
const pressSetting = "press."

// PressPreview is what the press edition of a case would hide, with the rows where it stands.
type PressPreview struct {
	Hidden   []PressHidden  `json:"hidden"`
	Suspects []PressSuspect `json:"suspects"`
	Exhibits []PressExhibit `json:"exhibits"`
	// Contact is the line by which readers reach the complainant; empty for none.
	Contact string `json:"contact"`
}

// PressHidden is something that is hidden, or that the person chose to show.
type PressHidden struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Label string `json:"label"`
	// Value is how it is known, as it is hidden. For the person's eyes only.
	Value string   `json:"value"`
	Shown bool     `json:"shown"`
	Count int      `json:"count"`
	Where []string `json:"where"` // tags of rows; empty for the case itself
}

// PressSuspect looks like personal data and is not hidden.
type PressSuspect struct {
	ID    string   `json:"id"`
	Kind  string   `json:"kind"`
	Text  string   `json:"text"`
	Count int      `json:"count"`
	Where []string `json:"where"`
}

// PressExhibit is an exhibit that can go into the press edition.
type PressExhibit struct {
	Label   string `json:"label"`
	Shows   string `json:"shows"`
	Chosen  bool   `json:"chosen"`
	Picture bool   `json:"picture"`
	// EvidenceID is the picture's own, to be looked at.
	EvidenceID string `json:"evidence"`
	// Painted are the parts of the picture that are painted over.
	Painted []raster.Area `json:"painted"`
}

// ChangePress changes what the press edition of a case hides and shows. What is named in both is shown.
type ChangePress struct {
	CaseID string
	// Hide are texts to hide everywhere, Show the ids of what to show; Unhide and Unshow take those back.
	Hide, Show, Unhide, Unshow []string
	// Exhibits are labels of exhibits to take in, Without those to leave out.
	Exhibits, Without []string
	// Contact is how the complainant wants to be reached by a reader: a line that is printed as it is. Empty keeps what was
	// chosen, and NoContact takes it back.
	Contact   string
	NoContact bool
	// Unpaint are labels of exhibits whose pictures lose all paint, before Paint adds some.
	Unpaint []string
	Paint   []PaintPicture
}

// PaintPicture has parts of an exhibit's picture painted over. The dossier is made from the painted picture alone.
type PaintPicture struct {
	Exhibit string // its label
	Areas   []raster.Area
}

// ChangePress keeps further choices for the press edition of a case.
//
// Problems: not_found (case, exhibit), not_an_area, not_a_picture, text_too_long.
func (c *Casework) ChangePress(ctx context.Context, n ChangePress) error {
	file, err := c.library.CaseFile(ctx, n.CaseID)
	if err != nil {
		return err
	}
	choices, err := c.pressChoices(ctx, n.CaseID)
	if err != nil {
		return err
	}
	for _, label := range n.Exhibits {
		if !slices.ContainsFunc(file.Exhibits, func(e casefile.Recorded[casefile.Exhibit]) bool { return e.Value.Label == label }) {
			return problem.New(problem.NotFound, problem.Values{"kind": "exhibit", "value": label})
		}
	}
	choices.Hide = chosen(choices.Hide, n.Hide, n.Unhide)
	choices.Show = chosen(choices.Show, n.Show, n.Unshow)
	choices.Exhibits = chosen(choices.Exhibits, n.Exhibits, n.Without)
	var o operation
	if contact := o.line("press_contact", n.Contact); contact != "" || n.NoContact {
		choices.Contact = contact
	}
	if err := o.wrongs(); err != nil {
		return err
	}
	if choices.Painted, err = painted(file, choices.Painted, n); err != nil {
		return err
	}
	return c.keepPressChoices(ctx, n.CaseID, choices)
}

// chosen is a list with some added and some taken away, each once.
func chosen(list, added, taken []string) []string {
	var all []string
	for _, one := range slices.Concat(list, added) {
		if one = strings.TrimSpace(one); one != "" && !slices.Contains(all, one) && !slices.Contains(taken, one) {
			all = append(all, one)
		}
	}
	return all
}

// PreviewPress lists what the press edition of a case hides, and what looks like personal data and is not hidden.
//
// Problem: not_found.
func (c *Casework) PreviewPress(ctx context.Context, caseID string, language i18n.Language) (PressPreview, error) {
	return c.PreviewPressLetter(ctx, caseID, "", language)
}

// PreviewPressLetter is [Casework.PreviewPress] of an edition with a covering letter. What stands in that alone is in no row.
//
// Problem: not_found.
func (c *Casework) PreviewPressLetter(ctx context.Context, caseID, letter string, language i18n.Language) (PressPreview, error) {
	file, err := c.library.CaseFile(ctx, caseID)
	if err != nil {
		return PressPreview{}, err
	}
	plan, err := c.pressPlan(ctx, file, letter, language)
	if err != nil {
		return PressPreview{}, err
	}
	review := plan.Review()
	tags := dossier.Tags(file)
	where := func(places []redaction.Place) []string {
		rows := []string{}
		for _, place := range places {
			if tag := string(tags[place.EntryID]); tag != "" && !slices.Contains(rows, tag) {
				rows = append(rows, tag)
			}
		}
		return rows
	}
	preview := PressPreview{Hidden: []PressHidden{}, Suspects: []PressSuspect{}, Exhibits: []PressExhibit{}, Contact: plan.Contact()}
	for _, one := range review.Hidden {
		preview.Hidden = append(preview.Hidden, PressHidden{ID: one.ID, Kind: string(one.Kind), Label: one.Label,
			Value: one.Value, Shown: one.Shown, Count: one.Count, Where: where(one.Places)})
	}
	for _, one := range review.Suspects {
		preview.Suspects = append(preview.Suspects, PressSuspect{ID: one.ID, Kind: string(one.Kind), Text: one.Text,
			Count: one.Count, Where: where(one.Places)})
	}
	shows := map[string]casefile.Evidence{}
	for _, evidence := range file.Evidence {
		shows[evidence.Value.ID] = evidence.Value
	}
	for _, exhibit := range file.Exhibits {
		evidence, counts := shows[exhibit.Value.EvidenceID]
		if !counts {
			continue // erased
		}
		label := exhibit.Value.Label
		preview.Exhibits = append(preview.Exhibits, PressExhibit{Label: label, Shows: evidence.Shows,
			Chosen: slices.Contains(plan.Choices().Exhibits, label), Picture: isPicture(evidence),
			EvidenceID: evidence.ID, Painted: slices.Concat([]raster.Area{}, plan.Choices().Painted[label])})
	}
	return preview, nil
}

// pressPlan makes out what the press edition of a case hides, in a covering letter as well. Whoever gets a number keeps it
// from now on.
func (c *Casework) pressPlan(
	ctx context.Context, file casefile.CaseFile, letter string, language i18n.Language,
) (*redaction.Plan, error) {
	choices, err := c.pressChoices(ctx, file.Case.ID)
	if err != nil {
		return nil, err
	}
	files, err := c.chosenTexts(ctx, file, choices.Exhibits)
	if err != nil {
		return nil, err
	}
	if letter != "" {
		files[dossier.CoverText] = letter
	}
	earlier, err := c.earlier(ctx, file)
	if err != nil {
		return nil, err
	}
	known := len(choices.Agents)
	plan := redaction.FindWithEarlier(file, files, earlier, choices, i18n.For(language))
	if len(plan.Choices().Agents) > known {
		err = c.keepPressChoices(ctx, file.Case.ID, plan.Choices())
	}
	return plan, err
}

func (c *Casework) pressChoices(ctx context.Context, caseID string) (choices redaction.Choices, err error) {
	text, err := c.library.Setting(ctx, pressSetting+caseID)
	if err != nil || text == "" {
		return choices, err
	}
	return choices, json.Unmarshal([]byte(text), &choices)
}

func (c *Casework) keepPressChoices(ctx context.Context, caseID string, choices redaction.Choices) error {
	text, err := json.Marshal(choices)
	if err != nil {
		return err
	}
	return c.library.PutSetting(ctx, pressSetting+caseID, string(text))
}

// opener gives a dossier the bytes of its exhibits.
func (c *Casework) opener(ctx context.Context) func(string) (io.ReadCloser, error) {
	return func(sha256 string) (io.ReadCloser, error) { return c.library.OpenContent(ctx, sha256) }
}

// pressOpener gives the press edition the bytes of the exhibits that were chosen: pictures, made anew where parts of them
// are painted over, and texts without what is hidden. Nothing else is opened.
func pressOpener(open func(string) (io.ReadCloser, error), plan *redaction.Plan) func(string) (io.ReadCloser, error) {
	kinds := map[string]string{}
	for _, evidence := range plan.CaseFile().Evidence {
		kinds[evidence.Value.SHA256], _, _ = strings.Cut(evidence.Value.MediaType, "/")
	}
	return func(sha256 string) (io.ReadCloser, error) {
		switch kinds[sha256] {
		case "image":
			if areas := plan.Painted(sha256); len(areas) > 0 {
				return paintedPicture(open, sha256, areas)
			}
			return open(sha256)
		case "text":
			return redactedText(open, sha256, plan)
		}
		return nil, fs.ErrNotExist
	}
}

// redactedText is a text file without what is hidden.
func redactedText(open func(string) (io.ReadCloser, error), sha256 string, plan *redaction.Plan) (io.ReadCloser, error) {
	text, err := readText(open, sha256)
	if err != nil {
		return nil, err
	}
	return io.NopCloser(strings.NewReader(plan.Text(text))), nil
}

// chosenTexts reads the text files among the chosen exhibits, by the ids of the evidence. One that can't be read is left
// out: it is not shown either.
func (c *Casework) chosenTexts(ctx context.Context, file casefile.CaseFile, labels []string) (map[string]string, error) {
	chosen := map[string]bool{}
	for _, exhibit := range file.Exhibits {
		if slices.Contains(labels, exhibit.Value.Label) {
			for _, id := range exhibit.Value.Pieces() {
				chosen[id] = true
			}
		}
	}
	texts := map[string]string{}
	for _, evidence := range file.Evidence {
		if !chosen[evidence.Value.ID] || !strings.HasPrefix(evidence.Value.MediaType, "text/") {
			continue
		}
		if text, err := readText(c.opener(ctx), evidence.Value.SHA256); err == nil {
			texts[evidence.Value.ID] = text
		}
	}
	return texts, ctx.Err()
}

// maxPressText bounds a text exhibit; a dossier shows less of it.
const maxPressText = 1 << 20

// readText reads the beginning of a text file. Bytes that are not UTF-8 are read as Windows-1252, which older programs
// write.
func readText(open func(string) (io.ReadCloser, error), sha256 string) (string, error) {
	content, err := open(sha256)
	if err != nil {
		return "", err
	}
	defer func() { _ = content.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(content, maxPressText))
	if err == nil && !utf8.Valid(data) {
		data, err = charmap.Windows1252.NewDecoder().Bytes(data)
	}
	return string(data), err
}
