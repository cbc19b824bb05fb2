package casework

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"constancia/internal/mail/imap"
)

// identity is by what an email is found again in a mailbox whose server numbered everything anew. Several emails share one
// where their sender gives no Message-ID and the same headers to all.
func identity(messageID, subject, date string, size int64) string {
	return strings.Join([]string{messageID, subject, date, strconv.FormatInt(size, 10)}, "\x00")
}

// renumbered is where the emails that are wanted of a folder are under another UIDVALIDITY.
type renumbered struct {
	validity uint32
	// uids are their numbers now. Of emails that share an identity those are among them that came before: only their bytes
	// tell them apart.
	uids []uint32
	// gone are the numbers that those had which are there no more.
	gone []uint32
	// again is how many of uids came before, at least.
	again int64
}

// numberedAnew tells whether a server numbers the messages of a folder in another way than it did when they were chosen
// (RFC 9051, section 2.3.1.1): then it gives where those that are wanted are now. It is nil where nothing has changed.
func (s *serverTaking) numberedAnew(ctx context.Context, client *imap.Client, folder MailFolder, wanted []uint32) (*renumbered, error) {
	opened, err := client.Find(ctx, folder.Name, imap.Find{After: math.MaxUint32, UIDValidity: folder.UIDValidity}, nil)
	if err != nil || opened.UIDValidity == folder.UIDValidity || len(folder.Identities) != len(folder.UIDs) {
		return nil, err
	}
	there, err := client.Search(ctx, folder.Name, imap.Criteria{})
	if err != nil {
		return nil, err
	}
	now := &renumbered{validity: opened.UIDValidity}
	alike := make(map[string][]imap.Candidate, len(there))
	for _, email := range there {
		same := identity(email.MessageID, email.Subject, email.Date, email.Size)
		alike[same] = append(alike[same], email)
	}
	for same, chosen := range folder.alike(wanted) {
		now.take(alike[same], chosen)
	}
	slices.Sort(now.uids)
	return now, nil
}

// chosenAlike are the emails of a folder that were chosen and share an identity.
type chosenAlike struct {
	all      int
	wanted   []uint32 // the numbers that those had which have not come yet
	received []string
}

// alike puts together what was chosen and shares an identity, as far as one of them is still wanted.
func (f MailFolder) alike(wanted []uint32) map[string]*chosenAlike {
	groups := map[string]*chosenAlike{}
	for _, uid := range wanted {
		groups[f.Identities[slices.Index(f.UIDs, uid)]] = &chosenAlike{}
	}
	for at, uid := range f.UIDs {
		group, isWanted := groups[f.Identities[at]]
		if !isWanted {
			continue
		}
		group.all++
		if at < len(f.Received) {
			group.received = append(group.received, f.Received[at])
		}
		if slices.Contains(wanted, uid) {
			group.wanted = append(group.wanted, uid)
		}
	}
	return groups
}

// take takes as many of those that are there as were chosen, and first those that the server got when it got the chosen ones.
func (n *renumbered) take(there []imap.Candidate, chosen *chosenAlike) {
	other := func(email imap.Candidate) int {
		if slices.Contains(chosen.received, receivedAt(email.InternalDate)) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(there, func(a, b imap.Candidate) int { return cmp.Compare(other(a), other(b)) })
	there = there[:min(len(there), chosen.all)]
	for _, email := range there {
		n.uids = append(n.uids, email.UID)
	}
	found := min(len(there), len(chosen.wanted))
	n.gone = append(n.gone, chosen.wanted[found:]...)
	n.again += int64(len(there) - found)
}

// receivedAt is when a server got an email, as it is compared; empty where it does not say.
func receivedAt(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}
