package casework

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"constancia/internal/mail/imap"
)

// identity is by what an email is found again in a mailbox whose server numbered everything anew.
func identity(messageID, subject, date string, size int64) string {
	return strings.Join([]string{messageID, subject, date, strconv.FormatInt(size, 10)}, "\x00")
}

// numberedAnew tells whether a server numbers the messages of a folder in another way than it did when they were chosen
// (RFC 9051, section 2.3.1.1): then it gives the number that each has now, by the one that it had, and the UIDVALIDITY under
// which it has it. What is there no more has none.
func (s *serverTaking) numberedAnew(ctx context.Context, client *imap.Client, folder MailFolder, wanted []uint32) (
	now map[uint32]uint32, validity uint32, err error) {
	opened, err := client.Find(ctx, folder.Name, imap.Find{After: math.MaxUint32, UIDValidity: folder.UIDValidity}, nil)
	if err != nil || opened.UIDValidity == folder.UIDValidity || len(folder.Identities) != len(folder.UIDs) {
		return nil, folder.UIDValidity, err
	}
	headers, err := client.Search(ctx, folder.Name, imap.Criteria{})
	if err != nil {
		return nil, 0, err
	}
	uids := make(map[string][]uint32, len(headers))
	for _, header := range headers {
		same := identity(header.MessageID, header.Subject, header.Date, header.Size)
		uids[same] = append(uids[same], header.UID)
	}
	now = make(map[uint32]uint32, len(wanted))
	for _, uid := range wanted {
		same := folder.Identities[slices.Index(folder.UIDs, uid)]
		if found := uids[same]; len(found) > 0 {
			now[uid], uids[same] = found[0], found[1:]
		}
	}
	return now, opened.UIDValidity, nil
}
