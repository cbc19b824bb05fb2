package sample

import (
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// The numbers the companies know the matter by.
const (
	orderNumber    = "GM-26-0310774"
	invoiceNumber  = "F26-093312"
	incidentNumber = "INC-208814"
	trackingNumber = "PL447188021ES"
	claimNumber    = "NV-26-050617"
	formNumber     = "W-55190"
)

// Phone numbers, of the series kept for fiction.
const (
	homePhone    = "555 010 147"
	storePhone   = "555 010 110"
	surveyPhone  = "555 010 119"
	carrierPhone = "555 010 120"
	insurerPhone = "555 010 130"
)

// Where the companies write from, and where the complainant reads.
const (
	storeDomain   = "montalbeda.example"
	carrierDomain = "pasolargo.example"
	insurerDomain = "norvela.example"
	complainant   = "Elena Martorell Pujades"
	address       = "elena.martorell@buzon.example"
)

// MailServer is what the server with the sample's mailbox is called, wherever it runs: the dossier tells it as the place that
// the emails came from. Its domain says that it is of a sample.
const MailServer = "imap.sample.buzon.example"

// EarlierClaims are the tags in a dossier of what the complainant asked the store by: the email of 9 April, and the official
// complaint form that was filled in on the visit of 30 May.
const EarlierClaims = "E-006, C-018"

// What was paid, in cents of a euro.
const (
	priceCents    = 42900
	shippingCents = 530
	coverCents    = 390
	totalCents    = priceCents + shippingCents + coverCents
	netCents      = 36215 // the total without 21 % of VAT
	voucherCents  = 6000
)

func euros(cents int64) *casefile.Money { return &casefile.Money{Minor: cents, Currency: "EUR"} }

// money writes an amount in euros the way the language does.
func (w *words) money(cents int64) string { return i18n.For(w.language).Money(cents, "EUR") }

// facts fills the placeholders of the texts.
func facts(language i18n.Language) *strings.Replacer {
	money := func(cents int64) string { return i18n.For(language).Money(cents, "EUR") }
	return strings.NewReplacer(
		"{order}", orderNumber, "{invoice}", invoiceNumber, "{incident}", incidentNumber,
		"{tracking}", trackingNumber, "{claim}", claimNumber, "{form}", formNumber,
		"{price}", money(priceCents), "{shipping}", money(shippingCents), "{cover}", money(coverCents),
		"{total}", money(totalCents), "{net}", money(netCents), "{vat}", money(totalCents-netCents),
		"{voucher}", money(voucherCents),
		"{home.phone}", homePhone, "{store.phone}", storePhone, "{insurer.phone}", insurerPhone,
	)
}
