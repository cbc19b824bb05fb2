package casework_test

import (
	"strings"
	"testing"

	"constancia/internal/problem"
)

func TestTheDetailsOfAnEmailAreReadFromItsStoredBytes(t *testing.T) {
	w := begin(t)
	header := "Authentication-Results: mx.casa.example; dkim=pass header.d=corral.example\r\n" +
		"Received: from corral.example (corral.example [203.0.113.9]) by mx.casa.example with ESMTPS id 2; Tue, 3 Mar 2026 10:05:07 +0100\r\n" +
		"Received: by corral.example with HTTP id 1; Tue, 3 Mar 2026 10:05:00 +0100\r\n"
	w.importFiles(save(t, t.TempDir(), "aviso.eml", append([]byte(header), email("Su envío", "Sale mañana.", "")...)))
	file, err := w.CaseFile(t.Context(), w.caseID)
	if err != nil {
		t.Fatal(err)
	}
	got, err := w.MessageDetails(t.Context(), file.Messages[0].Value.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Route) != 2 || got.Route[0].ID != "1" || *got.Route[1].DelaySeconds != 7 || got.Route[1].From.Address != "203.0.113.9" {
		t.Errorf("route %+v", got.Route)
	}
	if len(got.Authentication) != 1 || !got.Authentication[0].ByLast || got.Authentication[0].Results[0].Value != "pass" {
		t.Errorf("findings %+v", got.Authentication)
	}
	if got.Source.FileName != "aviso.eml" || len(got.Fields) < 5 || !strings.HasPrefix(got.Fields[1].Value, "from corral.example") {
		t.Errorf("source %+v, fields %+v", got.Source, got.Fields)
	}
	if _, err := w.MessageDetails(t.Context(), w.caseID); problem.From(err).Code != problem.NotFound {
		t.Errorf("a case has details: %v", err)
	}
}
