package casework

import (
	"context"
	"encoding/json"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/addressee"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

// filingSetting is where what a case's filing sheets say besides is kept, outside the record.
const filingSetting = "filing."

// FilingDetails is what was kept of a case for its filing sheets.
//
// Problem: not_found.
func (c *Casework) FilingDetails(ctx context.Context, caseID string) (details dossier.FilingDetails, err error) {
	if err := c.library.RequireCase(ctx, caseID); err != nil {
		return details, err
	}
	text, err := c.library.Setting(ctx, filingSetting+caseID)
	if err != nil || text == "" {
		return details, err
	}
	return details, json.Unmarshal([]byte(text), &details)
}

// KeepFilingDetails keeps, in the place of what was kept, what the filing sheets of a case say besides its record.
//
// Problems: not_found, text_too_long.
func (c *Casework) KeepFilingDetails(ctx context.Context, caseID string, details dossier.FilingDetails) error {
	if err := c.library.RequireCase(ctx, caseID); err != nil {
		return err
	}
	var o operation
	details.TaxID = o.line("tax_id", details.TaxID)
	details.CompanyTaxID = o.line("company_tax_id", details.CompanyTaxID)
	details.Representative = o.line("representative", details.Representative)
	details.Contract = o.line("contract", details.Contract)
	details.EarlierClaim = o.line("earlier_claim", details.EarlierClaim)
	details.Proceedings = o.line("proceedings", details.Proceedings)
	if err := o.wrongs(); err != nil {
		return err
	}
	if details == (dossier.FilingDetails{}) {
		return c.library.PutSetting(ctx, filingSetting+caseID, "")
	}
	text, err := json.Marshal(details)
	if err != nil {
		return err
	}
	return c.library.PutSetting(ctx, filingSetting+caseID, string(text))
}

// Addressed is to whom a dossier goes.
type Addressed struct {
	// ID is that of one of package addressee; empty for anybody else. Name is as it was given, or that of the one by that id.
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
	// Assumed says that nobody was named, and it is the first of the case's place.
	Assumed bool `json:"assumed,omitempty"`
}

// DossierAddressee tells to whom a dossier would go, before it is made, and when nobody was named, who else takes it.
//
// Problem: not_found.
func (c *Casework) DossierAddressee(
	ctx context.Context, n ExportDossier,
) (to Addressed, others []addressee.Addressee, err error) {
	file, err := c.library.CaseFile(ctx, n.CaseID)
	if err != nil {
		return to, nil, err
	}
	if to = n.addressed(file); to.Assumed {
		others = addressee.Of(file.Case.Place)[1:]
	}
	return to, others, nil
}

// FilingMissing lists what the addressee of a dossier refuses a complaint without, and is not there.
//
// Problem: not_found.
func (c *Casework) FilingMissing(ctx context.Context, n ExportDossier) ([]addressee.Need, error) {
	file, err := c.library.CaseFile(ctx, n.CaseID)
	if err != nil {
		return nil, err
	}
	to, known := addressee.Find(n.addressed(file).ID)
	if !known || n.Edition != dossier.Regulator {
		return nil, nil
	}
	details, err := c.filing(ctx, n)
	if err != nil {
		return nil, err
	}
	return dossier.FilingMissing(file, to, details, c.Now()), nil
}

// addressed makes out to whom a dossier goes: a regulator's without a name to the first of the case's place.
func (n ExportDossier) addressed(file casefile.CaseFile) Addressed {
	if to, known := addressee.Find(n.Addressee); known {
		return Addressed{ID: to.ID, Name: to.For(n.Language).Name}
	}
	if n.Addressee != "" || n.Edition != dossier.Regulator || file.Case.Place == "" {
		return Addressed{Name: n.Addressee}
	}
	usual := addressee.Of(file.Case.Place)
	if len(usual) == 0 {
		return Addressed{}
	}
	return Addressed{ID: usual[0].ID, Name: usual[0].For(n.Language).Name, Assumed: true}
}

// filing are the details that were given, and where none were, those that were kept.
func (c *Casework) filing(ctx context.Context, n ExportDossier) (dossier.FilingDetails, error) {
	kept, err := c.FilingDetails(ctx, n.CaseID)
	return n.Filing.Or(kept), err
}

// address says in the options to whom a dossier goes. An addressee that is named has to be given what it asks for, unless
// the person goes on anyway.
//
// Problem: filing_incomplete.
func (c *Casework) address(
	ctx context.Context, n ExportDossier, options *dossier.Options, file casefile.CaseFile,
) (to Addressed, err error) {
	n.Edition = options.Edition
	to = n.addressed(file)
	if options.Edition != dossier.Regulator || to.ID == "" {
		options.Addressee = to.Name
		return to, nil
	}
	options.FilingFor = to.ID
	if options.Filing, err = c.filing(ctx, n); err != nil || to.Assumed || n.Anyway { // nobody asked for one that is assumed
		return to, err
	}
	missing, err := c.FilingMissing(ctx, n)
	if err != nil || len(missing) == 0 {
		return to, err
	}
	words := i18n.For(n.Language)
	names := make([]string, len(missing))
	for i, need := range missing {
		names[i] = words.Text("filing.need." + string(need))
	}
	return to, problem.New(problem.FilingIncomplete, problem.Values{"addressee": to.Name, "missing": words.List(names)})
}
