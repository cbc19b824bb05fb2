package pdf_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/pdf"
	"constancia/internal/dossier/redaction"
	"constancia/internal/i18n"
)

// element is a piece of a dossier as a program that reads aloud gets it: some text, or an element of others.
type element struct {
	kind, text, scope string
	children          []*element
}

// readAloud is what pdfinfo reads of a finished file, and the tree of it.
func readAloud(t *testing.T, data []byte) (said string, tree *element) {
	t.Helper()
	// pdfinfo computes the colour profile anew for each piece of the text, which takes four fifths of its time.
	said = run(t, "pdfinfo", "-struct-text", save(t, bytes.Replace(data, []byte("/OutputIntents"), []byte("/XutputIntents"), 1)))
	tree = &element{}
	path := []*element{tree}
	for line := range strings.Lines(said) {
		line = strings.TrimRight(line, "\n")
		body := strings.TrimLeft(line, " ")
		depth := (len(line)-len(body))/2 + 1
		switch {
		case body == "" || strings.HasPrefix(body, "Object "):
			continue
		case strings.HasPrefix(body, "/"): // an attribute of the element that was begun
			path[len(path)-1].scope = strings.TrimPrefix(body, "/Scope /")
			continue
		case depth > len(path):
			t.Fatalf("%q stands deeper than what it is in", line)
		}
		e := &element{kind: strings.TrimSuffix(strings.Fields(body)[0], ":")}
		if strings.HasPrefix(body, `"`) {
			e = &element{text: strings.Join(strings.Fields(strings.Trim(body, `"`)), " ")}
		}
		path = append(path[:depth], e)
		path[depth-1].children = append(path[depth-1].children, e)
	}
	return said, tree
}

// each calls visit with an element and all below it, in the order in which they are read.
func (e *element) each(visit func(*element)) {
	visit(e)
	for _, child := range e.children {
		child.each(visit)
	}
}

// all are the elements of a kind.
func (e *element) all(kind string) (found []*element) {
	e.each(func(one *element) {
		if one.kind == kind {
			found = append(found, one)
		}
	})
	return found
}

// texts are the texts in an element.
func (e *element) texts() (texts []string) {
	e.each(func(one *element) {
		if one.text != "" {
			texts = append(texts, one.text)
		}
	})
	return texts
}

func (e *element) read() string { return strings.Join(e.texts(), " ") }

// finishedEdition is a story's edition, finished, with a line at the foot of each page.
func finishedEdition(t *testing.T, story *dossiertest.Story, o dossier.Options) (dossier.Dossier, pdf.Drawn, []byte) {
	t.Helper()
	switch o.Edition {
	case dossier.Press:
		labels := []string{}
		for _, exhibit := range story.File.Exhibits {
			labels = append(labels, exhibit.Value.Label)
		}
		o.Press = redaction.Find(story.File, nil, redaction.Choices{Exhibits: labels}, i18n.For(o.Language))
	case dossier.Regulator:
		o.FilingFor, o.Filing = "es-omic", dossier.FilingDetails{TaxID: "12345678Z"}
	}
	model, err := dossier.Compile(story.File, o)
	if err != nil {
		t.Fatal(err)
	}
	drawn, data := finish(t, model, pdf.Options{Open: story.Open, Foot: func(int) string { return "Nobody reads the foot aloud" }})
	return model, drawn, data
}

func TestEveryEditionIsReadAloudInOrderInEveryLanguage(t *testing.T) {
	for _, language := range i18n.Languages() {
		for _, which := range dossier.Editions() {
			t.Run(string(which)+"-"+string(language), func(t *testing.T) {
				t.Parallel()
				o := options(language)
				o.Edition = which
				model, drawn, data := finishedEdition(t, short(), o)
				_, tree := readAloud(t, data)
				requireHeadingsAsInTheContents(t, model, tree)
				requireHeadersBeforeRows(t, tree)
				requireNoRunningLines(t, model, drawn, tree)
				requireOnce(t, model, tree)
			})
		}
	}
}

func requireHeadingsAsInTheContents(t *testing.T, model dossier.Dossier, tree *element) {
	t.Helper()
	var headings, contents []string
	for _, heading := range tree.all("H1") {
		headings = append(headings, heading.read())
	}
	for _, entry := range tree.all("TOC")[0].all("TOCI") {
		parts := entry.texts()
		contents = append(contents, strings.Join(parts[1:len(parts)-1], " "))
	}
	title := i18n.For(model.Language).Text("dossier.section.contents")
	listed := slices.DeleteFunc(slices.Clone(headings), func(h string) bool { return h == model.Title || h == title })
	if !slices.Equal(listed, contents) || len(headings) != len(listed)+2 {
		t.Errorf("the headings are %q, the contents list %q", headings, contents)
	}
	for _, section := range tree.all("Document")[0].children {
		if section.kind != "Sect" || len(section.all("H1")) != 1 {
			t.Errorf("%s has %d headings: %.80q", section.kind, len(section.all("H1")), section.read())
		}
	}
}

// requireHeadersBeforeRows holds that a table begins with the headers of its columns, or each of its rows with its own.
func requireHeadersBeforeRows(t *testing.T, tree *element) {
	t.Helper()
	tables := tree.all("Table")
	if len(tables) < 2 {
		t.Errorf("only %d tables", len(tables))
	}
	for _, table := range tables {
		columns := table.children[0].children[0].scope == "Column"
		for i, row := range table.children {
			for j, cell := range row.children {
				want := "TD"
				switch {
				case columns && i == 0:
					want = "TH Column"
				case !columns && j == 0:
					want = "TH Row"
				}
				if got := strings.TrimSpace(cell.kind + " " + cell.scope); row.kind != "TR" || got != want {
					t.Errorf("cell %d of row %d is %s, not %s: %.80q", j+1, i+1, got, want, row.read())
				}
			}
		}
	}
}

// requireNoRunningLines holds that what stands at the head and the foot of the pages is not read.
func requireNoRunningLines(t *testing.T, model dossier.Dossier, drawn pdf.Drawn, tree *element) {
	t.Helper()
	numbered := regexp.MustCompile(`^\d+ / \d+$`)
	times := map[string]int{}
	for _, text := range tree.texts() {
		times[text]++
		if numbered.MatchString(text) || strings.Contains(text, "Nobody reads") {
			t.Errorf("%q is read", text)
		}
	}
	if drawn.Pages < 6 || times[model.Title] != 1 || times[model.Reference] > 1 || times[model.Generated] > 1 {
		t.Errorf("of %d pages the title is read %d times, the reference %d, the time %d", drawn.Pages, times[model.Title], times[model.Reference],
			times[model.Generated])
	}
}

// requireOnce holds that each text stands in its section once, in the order of the model.
func requireOnce(t *testing.T, model dossier.Dossier, tree *element) {
	t.Helper()
	words := i18n.For(model.Language)
	sections := map[string]string{}
	for _, section := range tree.all("Document")[0].children {
		seen := map[string]bool{}
		section.each(func(e *element) {
			if read := e.read(); e.kind == "P" && len(read) > 60 {
				if seen[read] {
					t.Errorf("%q is read twice", read)
				}
				seen[read] = true
			}
		})
		if headings := section.all("H1"); len(headings) > 0 {
			sections[headings[0].read()] = section.read()
		}
	}
	require := func(part dossier.Section, texts ...string) {
		read := sections[words.Text("dossier.section."+string(part))]
		at := 0
		for _, text := range texts {
			text = strings.Join(strings.Fields(text), " ")
			here := strings.Index(read, text)
			if text == "" || here < at || strings.Count(read, text) != 1 {
				t.Errorf("in %s %q is read %d times, or not in its order", part, text, strings.Count(read, text))
			}
			at = max(at, here)
		}
	}
	var rows, emails, promises []string
	for _, row := range model.Chronology {
		if row.Email == "" {
			rows = append(rows, row.Text)
		}
	}
	for _, promise := range model.Promises {
		promises = append(promises, promise.What)
	}
	for _, email := range model.Emails {
		emails = append(emails, strings.Split(email.Text, "\n\n")...)
	}
	require(dossier.ChronologySection, rows...)
	require(dossier.PromisesSection, promises...)
	require(dossier.EmailsSection, emails...)
	if len(rows) < 3 || len(promises) < 2 || len(emails) < 1 {
		t.Errorf("it has only %d rows, %d promises, %d paragraphs of email", len(rows), len(promises), len(emails))
	}
}
