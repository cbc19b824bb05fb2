package pdf_test

import (
	"strings"
	"testing"

	"constancia/internal/casefile"
)

// "The company has not done so. Reason given: …" would be the company's reason.
func TestAComplainantsReasonStandsWithItsAnswerAndNotBehindWhatTheCompanyDid(t *testing.T) {
	story := short()
	story.File.Contacts[0].Value.Remedy = &casefile.Remedy{Kind: "refund_or_return", Answer: casefile.Accepted, Reason: "It is what I ask for."}
	path := save(t, finished(t, story))
	const want = "The complainant accepted. Reason given: “It is what I ask for.” The company has not"
	if all := text(t, path, "1", pages(t, path)); !strings.Contains(all, want) {
		t.Errorf("%q is not told", want)
	}
}
