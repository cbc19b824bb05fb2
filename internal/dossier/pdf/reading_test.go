package pdf_test

import (
	"strings"
	"testing"

	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/pdf"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
)

// structureOf is what the pages of a story are.
func structureOf(t *testing.T, story *dossiertest.Story) seal.Structure {
	t.Helper()
	model, err := dossier.Compile(story.File, options(i18n.English))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	drawn, err := pdf.Write(t.Context(), &out, model, pdf.Options{Open: story.Open})
	if err != nil {
		t.Fatal(err)
	}
	return drawn.Structure
}

// short is a story of a few rows of each kind: pdfinfo reads a page anew for each piece of it.
func short() *dossiertest.Story {
	story := dossiertest.New(1)
	f := &story.File
	f.Contacts, f.Messages, f.Promises, f.Settlements = f.Contacts[:4], f.Messages[:1], f.Promises[:2], nil
	f.Evidence, f.Exhibits, f.Withdrawn = f.Evidence[:1], f.Exhibits[:1], nil
	return story
}

func TestADossierIsReadAloudInOrder(t *testing.T) {
	said, _ := readAloud(t, finished(t, short()))
	read := strings.Join(strings.Fields(said), " ")
	whole := read
	for _, want := range []string{
		`Document Sect P (block) "COMPLAINT DOSSIER"`,
		`L (block) LI (block) Lbl (block) "1" LBody (block) P (block) "Devolución íntegra de los 438,20 euros."`,
		`Sect H1 (block) "Contents" TOC TOCI Link (inline) Object`, `"The case"`,
		`Sect H1 (block) "The case" Table (block) TR TH: /Scope /Row P (block) "Complainant" TD P (block) "Clara Vidal Roca"`,
		`Sect H1 (block) "The case in figures" H2 (block)`, `Figure`,
		`Sect H1 (block) "Chronology" Figure`, `Caption "Each mark is`,
		`H2 (block) "March 2026" L (block) LI (block) Lbl (block) "2 Mar 2026"`,
		`Sect H1 (block) "People"`, `Div H3 (block) "Nuria Peralta"`,
		`Sect H1 (block) "Promises" P (block) "What was promised is told in the complainant’s wording.`, `Table (block) TR TH: /Scope /Column "No." TH: /Scope /Column`,
		`TR TD P (block) "P-01" TD P (block) "Lo recibe en 48 horas en su casa."`,
		`Sect H1 (block) "Who sent the complainant where"`, `L (block) LI (block) Lbl (block) Link (inline) "5 Mar 2026" "C-001"`,
		`Sect H1 (block) "Two answers to one question" H2 (block) "¿De quién es la firma del albarán?"`,
		`Sect H1 (block) "What it has cost"`, `Table (block) TR TH: /Scope /Column "Date"`,
		`Sect H1 (block) "Emails" Sect H2 (block) "Confirmación de su pedido GM-2026-118840"`, `P (block) "E-001" L (block) LI (block) Lbl (block) "From"`,
		`Sect H2 (block) "A-1"`, `Figure`, `Caption "SHA-256`,
		`Sect H1 (block) "How to check this dossier"`,
	} {
		_, after, found := strings.Cut(read, want)
		if !found {
			t.Fatalf("%s is not read, or not behind what comes before it, in: %.600s", want, read)
		}
		read = after
	}
	if strings.Contains(whole, "TransportesVeloz") || !strings.Contains(whole, "Transportes Veloz") {
		t.Error("the last word of a line and the first of the next run together")
	}
}

func TestEveryRowOfATableHasAsManyCellsAsItsFirst(t *testing.T) {
	tables := 0
	var walk func(e *seal.Element)
	walk = func(e *seal.Element) {
		if e.Type == seal.Table {
			tables++
			for i, row := range e.Children {
				if row.Type != seal.TableRow || len(row.Children) != len(e.Children[0].Children) {
					t.Errorf("row %d of a table is %s of %d, the first has %d cells", i, row.Type, len(row.Children), len(e.Children[0].Children))
				}
			}
		}
		for _, child := range e.Children {
			if inRow := child.Type == seal.TableCell || child.Type == seal.TableHeader; inRow != (e.Type == seal.TableRow) {
				t.Errorf("%s stands in %s", child.Type, e.Type)
			}
			if (child.Type == seal.ListItem) != (e.Type == seal.List) {
				t.Errorf("%s stands in %s", child.Type, e.Type)
			}
			walk(child)
		}
	}
	for _, e := range structureOf(t, dossiertest.New(2)) {
		if e.Type != seal.Section {
			t.Errorf("%s stands in no section", e.Type)
		}
		walk(e)
	}
	if tables < 4 {
		t.Errorf("only %d tables", tables)
	}
}
