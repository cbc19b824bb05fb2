package app

import (
	"constancia/internal/dossier"
	"constancia/internal/dossier/addressee"
	"constancia/internal/i18n"
)

// Filing tells to whom a dossier goes, to whom else it could, what is kept for the filing sheet, and what is missing.
func (s *Dossiers) Filing(input DossierInput) (filing Filing, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return Filing{}, err
	}
	wanted := s.wanted(input)
	file, err := work.CaseFile(s.desk.ctx, input.CaseID)
	if err != nil {
		return Filing{}, err
	}
	to, _, err := work.DossierAddressee(s.desk.ctx, wanted)
	if err != nil {
		return Filing{}, err
	}
	details, err := work.FilingDetails(s.desk.ctx, input.CaseID)
	if err != nil {
		return Filing{}, err
	}
	missing, err := work.FilingMissing(s.desk.ctx, wanted)
	if err != nil {
		return Filing{}, err
	}
	texts := s.desk.texts()
	filing = Filing{Addressees: addressees(file.Case.Place, texts), To: to.ID, Details: FilingDetails(details), Missing: []string{}}
	for _, need := range missing {
		filing.Missing = append(filing.Missing, texts.Text("filing.need."+string(need)))
	}
	return filing, nil
}

// addressees lists all there are, those of a place first.
func addressees(place string, texts *i18n.Texts) []Addressee {
	here, elsewhere := []Addressee{}, []Addressee{}
	for _, one := range addressee.Of("") {
		one = one.For(texts.Language())
		view := Addressee{ID: one.ID, Name: one.Name, Here: one.Place == place, Source: texts.Text("filing.source_short", i18n.Values{
			"title": one.Source.Title, "how": one.Source.How(texts)})}
		if view.Here {
			here = append(here, view)
		} else {
			elsewhere = append(elsewhere, view)
		}
	}
	return append(here, elsewhere...)
}

// KeepFiling keeps what the filing sheets of a case say besides its record.
func (s *Dossiers) KeepFiling(caseID string, details FilingDetails) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	return work.KeepFilingDetails(s.desk.ctx, caseID, dossier.FilingDetails(details))
}

// ChooseSignature asks for a picture of the person's signature and keeps it. chosen is false when they thought better of it.
func (s *Dossiers) ChooseSignature() (chosen bool, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return false, err
	}
	path, err := s.askForFile("sealing.which_signature")
	if err != nil || path == "" {
		return false, err
	}
	return true, work.KeepSignatureFile(s.desk.ctx, path)
}

// HasSignature tells whether a picture of the person's signature is kept: the page shows it from /dossier/signature.
func (s *Dossiers) HasSignature() (has bool, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return false, err
	}
	drawn, err := work.SignatureImage(s.desk.ctx)
	return drawn != nil, err
}

// ForgetSignature removes it.
func (s *Dossiers) ForgetSignature() (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	return work.ForgetSignatureImage(s.desk.ctx)
}
