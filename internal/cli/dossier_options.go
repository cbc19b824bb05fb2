package cli

import (
	"slices"
	"strconv"
	"strings"

	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/problem"
)

// dossierTyped is what of a dossier's options has to be read before it is known.
type dossierTyped struct {
	without  []string
	sections []string
	letter   string // a file with the covering letter
	budget   string
}

// dossierFlags adds the flags that say what a dossier tells, to whom, and how large it may get.
func (f flags) dossierFlags(request *casework.ExportDossier, typed *dossierTyped) {
	f.text(&request.CaseID, "case", "id")
	f.text(&request.Addressee, "addressee", "name")
	f.filingFlags(&request.Filing)
	f.yes(&request.Anyway, "anyway")
	f.text(&request.Period.From, "from", "date")
	f.text(&request.Period.To, "to", "date")
	f.texts(&typed.sections, "section", "code")
	f.annotate("section", choices, words(dossier.Sections())...)
	f.texts(&typed.without, "without-section", "code")
	f.text(&request.CoverNote, "cover-note", "text")
	f.text(&typed.letter, "cover-note-file", "file")
	f.yes(&request.CoverFirst, "cover-first")
	f.yes(&request.WithSignature, "signature")
	f.yes(&request.Light, "light")
	f.text(&typed.budget, "budget", "size")
}

func (f flags) filingFlags(details *dossier.FilingDetails) {
	f.text(&details.TaxID, "tax-id", "text")
	f.text(&details.CompanyTaxID, "company-tax-id", "text")
	f.text(&details.Representative, "representative", "text")
	f.text(&details.Contract, "contract", "text")
	f.text(&details.EarlierClaim, "earlier-claim", "text")
	f.text(&details.Proceedings, "proceedings", "text")
}

// into reads what was typed into a request.
func (t dossierTyped) into(request *casework.ExportDossier) (err error) {
	for _, section := range t.sections {
		request.Sections = append(request.Sections, dossier.Section(section))
	}
	for _, section := range t.without {
		if !slices.Contains(dossier.Sections(), dossier.Section(section)) {
			return problem.New(problem.NotAChoice, problem.Values{
				"field": "--without-section", "value": section, "choices": strings.Join(words(dossier.Sections()), ", ")})
		}
	}
	if len(t.without) > 0 {
		if len(request.Sections) == 0 {
			request.Sections = dossier.Sections()
		}
		request.Sections = slices.DeleteFunc(request.Sections, func(section dossier.Section) bool {
			return slices.Contains(t.without, string(section))
		})
	}
	if t.letter != "" {
		if request.CoverNote, err = casework.ReadCoverNote(t.letter); err != nil {
			return err
		}
	}
	request.Budget, err = parseSize(t.budget)
	return err
}

// parseSize reads a number of bytes, alone or with kB, MB or GB (IEC 80000-13). An empty text is 0.
func parseSize(typed string) (int64, error) {
	text := strings.ToLower(strings.ReplaceAll(strings.TrimSpace(typed), " ", ""))
	if text == "" {
		return 0, nil
	}
	unit := 1.0
	for _, one := range []struct {
		name  string
		bytes float64
	}{{"kb", 1e3}, {"mb", 1e6}, {"gb", 1e9}, {"b", 1}} {
		if rest, found := strings.CutSuffix(text, one.name); found {
			text, unit = rest, one.bytes
			break
		}
	}
	number, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || !(number > 0) || number*unit < 1 || number*unit > 1e12 {
		return 0, problem.New(problem.NotASize, problem.Values{"field": "--budget", "value": typed})
	}
	return int64(number * unit), nil
}
