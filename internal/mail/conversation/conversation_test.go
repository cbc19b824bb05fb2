package conversation_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/mail/conversation"
)

var begun = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// day is so many days after the first email.
func day(n int) time.Time { return begun.Add(time.Duration(n) * 24 * time.Hour) }

func TestEmailsThatNameOneAnotherAreOneConversation(t *testing.T) {
	tests := []struct {
		name    string
		headers []conversation.Header
		want    [][]int
	}{
		{"nothing", nil, nil},
		{
			"a reply names what it answers",
			[]conversation.Header{{ID: "a", At: day(0)}, {ID: "b", Answers: []string{"a"}, At: day(1)}, {ID: "c", At: day(2)}},
			[][]int{{0, 1}, {2}},
		},
		{
			"a reply that comes first in the list",
			[]conversation.Header{{ID: "b", Answers: []string{"a"}, At: day(1)}, {ID: "a", At: day(0)}},
			[][]int{{1, 0}},
		},
		{
			"two replies to one that is not there",
			[]conversation.Header{{ID: "b", Answers: []string{"gone"}, At: day(1)}, {ID: "c", Answers: []string{"gone"}, At: day(2)}},
			[][]int{{0, 1}},
		},
		{
			"a chain whose middle joins its ends",
			[]conversation.Header{{ID: "a"}, {ID: "c", Answers: []string{"b"}}, {ID: "b", Answers: []string{"a"}}},
			[][]int{{0, 1, 2}},
		},
		{
			"the same email seen twice",
			[]conversation.Header{{ID: "a", At: day(0)}, {ID: "a", At: day(0)}},
			[][]int{{0, 1}},
		},
		{
			"emails without an id have nothing to do with one another",
			[]conversation.Header{{Subject: "Your order L-4471"}, {Subject: "Your order L-4471"}},
			[][]int{{0}, {1}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, conversation.Group(test.headers)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestASubjectAloneJoinsOnlyAReplyToWhoWrote(t *testing.T) {
	shop, me := []string{"ayuda@lumen.example"}, []string{"dolores@example.org"}
	first := conversation.Header{ID: "a", Subject: "Su pedido L-4471", From: shop, To: me, At: day(0)}
	reply := conversation.Header{ID: "b", Subject: "RE: Su pedido L-4471", From: me, To: []string{"Ayuda@Lumen.example"}, At: day(1)}
	changed := func(change func(*conversation.Header)) conversation.Header {
		other := reply
		change(&other)
		return other
	}
	tests := []struct {
		name   string
		second conversation.Header
		joined bool
	}{
		{"a reply that names nothing", reply, true},
		{"a reply to a reply", changed(func(h *conversation.Header) { h.Subject = "Re: RV: Re[2]:  su PEDIDO l-4471" }), true},
		{"not marked as a reply", changed(func(h *conversation.Header) { h.Subject = "Su pedido L-4471" }), false},
		{"to somebody else", changed(func(h *conversation.Header) { h.To = []string{"info@corral.example"} }), false},
		{"before it", changed(func(h *conversation.Header) { h.At = day(-1) }), false},
		{"half a year later", changed(func(h *conversation.Header) { h.At = day(180) }), false},
		{"it names another one", changed(func(h *conversation.Header) { h.Answers = []string{"other"} }), false},
		{"without a date", changed(func(h *conversation.Header) { h.At = time.Time{} }), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := len(conversation.Group([]conversation.Header{first, test.second})) == 1; got != test.joined {
				t.Errorf("joined: %v, want %v", got, test.joined)
			}
		})
	}
	hola, again := first, reply
	hola.Subject, again.Subject = "Hola", "Re: Hola"
	if len(conversation.Group([]conversation.Header{hola, again})) != 2 {
		t.Error("a subject that tells nothing joins")
	}
}

func TestManyReferencesAreFollowedFromBothEnds(t *testing.T) {
	long := make([]string, 5000)
	for i := range long {
		long[i] = fmt.Sprintf("id-%d", i)
	}
	headers := []conversation.Header{{ID: "id-0", At: day(0)}, {ID: "id-4999", At: day(1)}, {ID: "id-2500", At: day(2)}, {ID: "z", Answers: long, At: day(3)}}
	if got := conversation.Group(headers); !slices.Equal(got[0], []int{0, 1, 3}) {
		t.Errorf("got %v", got)
	}
}

func FuzzGroupNamesEachEmailOnce(f *testing.F) {
	f.Add("a", "a b", "Re: Re: x", "b")
	f.Add("", "", "Fwd[", "")
	f.Fuzz(func(t *testing.T, id, answers, subject, other string) {
		headers := []conversation.Header{
			{ID: id, Answers: []string{answers, other}, Subject: subject, From: []string{other}, To: []string{id}, At: day(0)},
			{ID: other, Subject: subject, From: []string{id}, To: []string{other}, At: day(1)},
			{Answers: []string{id}, Subject: other},
		}
		seen := map[int]bool{}
		for _, list := range conversation.Group(headers) {
			for _, place := range list {
				if seen[place] {
					t.Fatalf("%d is there twice", place)
				}
				seen[place] = true
			}
		}
		if len(seen) != len(headers) {
			t.Fatalf("%d of %d are there", len(seen), len(headers))
		}
	})
}
