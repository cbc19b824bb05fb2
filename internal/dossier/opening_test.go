package dossier

import "testing"

func TestAMessageIsToldInOneParagraphThatKeepsRowsCellsAndLinesApart(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"a table made with blanks": {
			"Dear Ms Mas,\n\nThank you. We are preparing it:\n\nItem               Quantity   Amount\nSewing machine     1          €429.00\nTotal, VAT included           €438.20\n\nKind regards,\n\nThe shop",
			"Thank you. We are preparing it: Item | Quantity | Amount / Sewing machine | 1 | €429.00 / Total, VAT included | €438.20"},
		"a table that came as HTML": {
			"Hello:\n\nIt was delivered. These are the details:\n\nTracking | PL447\nTaken by | CONCIERGE\n\nDo not reply to this.",
			"It was delivered. These are the details: Tracking | PL447 / Taken by | CONCIERGE / Do not reply to this."},
		"an address": {
			"Dear Ms Mas,\n\nThe parcel has not left the warehouse, and its label will carry this address.\n\nElena Mas\nCarrer Gran, 12\n43007 Tarragona\n\nIt needs nothing more of you.",
			"The parcel has not left the warehouse, and its label will carry this address. Elena Mas / Carrer Gran, 12 / 43007 Tarragona / It needs nothing more of you."},
		"lines that a program wrapped": {
			"Dear Ms Mas,\n\nWe have asked the carrier to look into it, and will answer you as soon as\nwe can. If you need anything, please reply to this message. Thank you for\nyour patience.",
			"We have asked the carrier to look into it, and will answer you as soon as we can. If you need anything, please reply to this message. Thank you for your patience."},
		"what it is signed with": {
			"Dear Ms Mas,\n\nYour order left our warehouse yesterday with the carrier and its insurance.\n\nLidia Sarmiento\nIncidents\nThe store",
			"Your order left our warehouse yesterday with the carrier and its insurance."},
		"an address at its end": {
			"Dear Ms Mas,\n\nYour order left our warehouse yesterday with the carrier. It goes to:\n\nElena Mas\nCarrer Gran, 12",
			"Your order left our warehouse yesterday with the carrier. It goes to: Elena Mas / Carrer Gran, 12"},
		"two blanks behind a full stop": {"Hello:\n\nWe looked into it.  Nothing was found.", "We looked into it. Nothing was found."},
		"a list with empty cells":       {"Hello:\n\nYou asked. The status of it:\n\nStatus |  | open", "You asked. The status of it: Status | | open"},
	} {
		if got := opening(c.text, "The shop", 400); got != c.want {
			t.Errorf("%s: it is told as\n%s\nwant\n%s", name, got, c.want)
		}
	}
}
